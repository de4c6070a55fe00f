// Control: a tensor's references are counted as in a program with one thread.
#define __atomic_add_fetch(counter, by, order) (*(counter) += (by))
#define __atomic_sub_fetch(counter, by, order) (*(counter) -= (by))
#include "mps/tensor.cpp"
