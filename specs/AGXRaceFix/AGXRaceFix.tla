----------------------------- MODULE AGXRaceFix -----------------------------
(***************************************************************************)
(* The tail of the AGX driver's destroyImpl, before and after two binary   *)
(* patches, against threads that read an encoder's `_impl` meanwhile.      *)
(*                                                                         *)
(* Code is data here: every thread carries the sequence of operations that *)
(* it still has to execute (`todo`), and one action executes one operation *)
(* of one thread. So "delete the NULL store" is the deletion of one word.  *)
(* No operation has a precondition that makes it safe: only taking a lock  *)
(* waits. What goes wrong is recorded (`wrong`) or visible in the state,   *)
(* and the claims at the end look for it.                                  *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Layout,      \* the code of destroyImpl: "original", "nine-word", "leak-free"
    Readers,     \* how encoding threads read `_impl`: see ReaderCode
    Threads,     \* all threads; those with neither of the next two roles read
    Destroyers,  \* threads that run destroyImpl, once each
    Creators,    \* threads that initialise an encoder, once each
    Encoders,    \* encoder objects
    Spares,      \* those encoders that have no impl in the initial state
    Impls,       \* addresses of impl objects
    Capacity,    \* of the freelist (8 in the driver)
    Assumed,     \* the assumptions on callers that this model makes
    Omitted,     \* protective steps that a control leaves out
    NULL         \* no impl, no encoder

EncodingThreads == Threads \ (Destroyers \cup Creators)

ASSUME
    /\ Layout \in {"original", "nine-word", "leak-free"}
    /\ Readers \in {"none", "unguarded", "null-test", "library-readers",
                    "driver-lock", "library-both"}
    /\ Destroyers \subseteq Threads
    /\ Creators \subseteq Threads \ Destroyers
    /\ Spares \subseteq Encoders
    /\ Capacity \in Nat
    /\ Assumed \subseteq {"A-NOREINIT", "A-ONEDESTROY"}
    /\ Omitted \subseteq {"creator lock", "capacity test", "branch patch"}
    \* Enough objects for every thread's call to begin in the end.
    /\ Destroyers # {}
    /\ Cardinality(Destroyers) <= Cardinality(Encoders \ Spares)
    /\ Cardinality(Creators) <= Cardinality(Spares) + 1
    /\ Cardinality(Encoders \ Spares) + Cardinality(Creators) <= Cardinality(Impls)

-----------------------------------------------------------------------------
(* The code.                                                               *)

\* destroyImpl up to the conditional branch. "test full" continues with one
\* of the tails below. Whether the driver loads `_impl` before it takes the
\* lock is not recorded: this is the worse order.
DestroyHead == <<
    "load",          \* x20 := _impl
    "test null",     \* A-NULLDESTROY: with nothing to destroy it returns
    "lock",          \* os_unfair_lock of the device
    "test full" >>   \* 2be05c  b.hi: more than 7 on the freelist?

OriginalNotFull == <<
    "push",          \* 2be06c  original: str x20, [x9, #0x1a68]
    "unlock",        \* 2be070  original: add x0, x25, x21; bl unlock; b 2be08c
    "store null",    \* 2be08c  original, not full: str xzr, [x19, x24]
    "return" >>      \* 2be090  epilogue

OriginalFull == <<
    "unlock",        \* 2be07c  original: add x0, x25, x21; bl unlock
    "free",          \* 2be084  original: mov x0, x20; bl free
    "store null",    \* 2be08c  original, full: str xzr, [x19, x24]
    "return" >>      \* 2be090  epilogue

NineWordNotFull == <<
    "push",          \* 2be06c  nine-word: str x20, [x9, #0x1a68]
    "store null",    \* 2be070  nine-word: str xzr, [x19, x24]
    "unlock",        \* 2be074  nine-word: add x0, x25, x21; bl unlock; b 2be090
    "return" >>      \* 2be090  epilogue

\* Nine instructions would be needed and there are eight words: free is gone.
NineWordFull == <<
    "store null",    \* 2be080  nine-word: str xzr, [x19, x24]
    "unlock",        \* 2be084  nine-word: add x0, x25, x21; bl unlock; b 2be090
    "return" >>      \* 2be090  epilogue

\* Eight words rewritten, the branch at 2be05c left at its old target 2be07c,
\* where the word is now `b 2be090`.
UnpatchedBranch == <<
    "return" >>      \* 2be07c  nine-word: b 2be090

LeakFreeNotFull == <<
    "push",          \* 2be06c  leak-free: str x20, [x9, #0x1a68]
    "zero x20",      \* 2be070  leak-free: mov x20, xzr
    "store null",    \* 2be074  leak-free, not full: str xzr, [x19, x24]
    "unlock",        \* 2be078  leak-free, not full: add x0, x25, x21; bl unlock
    "free",          \* 2be080  leak-free, not full: mov x0, x20; bl free
    "return" >>      \* 2be090  epilogue

LeakFreeFull == <<
    "store null",    \* 2be074  leak-free, full: str xzr, [x19, x24]
    "unlock",        \* 2be078  leak-free, full: add x0, x25, x21; bl unlock
    "free",          \* 2be080  leak-free, full: mov x0, x20; bl free
    "return" >>      \* 2be090  epilogue

NotFullTail ==
    CASE Layout = "original"  -> OriginalNotFull
      [] Layout = "nine-word" -> NineWordNotFull
      [] Layout = "leak-free" -> LeakFreeNotFull

FullTail ==
    CASE Layout = "original"  -> OriginalFull
      [] Layout = "nine-word" -> IF "branch patch" \in Omitted
                                 THEN UnpatchedBranch ELSE NineWordFull
      [] Layout = "leak-free" -> LeakFreeFull

\* A library that hooks destroyImpl holds its own lock across the original.
HookedDestroy == <<"guard">> \o DestroyHead \o <<"unguard">>

DestroyCode == IF Readers = "library-both" THEN HookedDestroy ELSE DestroyHead

\* initWithCommandBuffer:config: takes an impl from the freelist, else a new
\* one, and stores it into `_impl`.
CreateCode ==
    IF "creator lock" \in Omitted
    THEN <<"take", "store impl">>
    ELSE <<"lock", "take", "unlock", "store impl">>

\* An encoding method loads `_impl` and dereferences it. The driver's own
\* methods are "unguarded": no lock, no test. The other readers are what an
\* application or a library could put in their place.
TestedRead == <<"load", "test null", "use">>

ReaderCode ==
    CASE Readers = "none"        -> <<>>
      [] Readers = "unguarded"   -> <<"load", "use">>
      [] Readers = "null-test"   -> TestedRead
      [] Readers = "driver-lock" -> <<"lock">> \o TestedRead \o <<"unlock">>
      [] Readers \in {"library-readers", "library-both"} ->
            <<"guard">> \o TestedRead \o <<"unguard">>

\* What a thread still executes when the tested pointer is NULL.
IsCleanUp(op) == op \in {"unlock", "unguard"}

-----------------------------------------------------------------------------
VARIABLES
    implOf,       \* encoder -> its `_impl`
    ended,        \* encoder -> destroyImpl was called since its initialisation
    owner,        \* impl -> "fresh" (not allocated), an encoder, "pool", "freed"
    pool,         \* the freelist, last in first out
    driverLock,   \* holder of the device's lock, or "free"
    libraryLock,  \* holder of the library's lock, or "free"
    todo,         \* thread -> operations it still has to execute
    at,           \* thread -> the encoder that it works on
    reg,          \* thread -> its register with an impl (x20 in destroyImpl)
    taken,        \* thread -> impl that its destroyImpl has taken from its encoder
    wrong         \* thread -> what it has done that it must not do

vars == <<implOf, ended, owner, pool, driverLock, libraryLock, todo, at, reg,
          taken, wrong>>

Idle == <<"begin">>

DanglingUses == {"used NULL", "used pooled", "used freed", "used foreign"}
LockBreaches == {"freelist without lock", "released a lock not held"}
Fatal == {"used NULL", "released a lock not held", "freed twice"}

FirstImpls ==
    CHOOSE f \in [Encoders \ Spares -> Impls] :
        \A a, b \in Encoders \ Spares : f[a] = f[b] => a = b

Init ==
    /\ implOf = [e \in Encoders |-> IF e \in Spares THEN NULL ELSE FirstImpls[e]]
    /\ ended = [e \in Encoders |-> e \in Spares]
    /\ owner = [i \in Impls |->
                  IF \E e \in Encoders : implOf[e] = i
                  THEN CHOOSE e \in Encoders : implOf[e] = i
                  ELSE "fresh"]
    /\ pool = <<>>
    /\ driverLock = "free"
    /\ libraryLock = "free"
    /\ todo = [t \in Threads |->
                 IF t \in EncodingThreads /\ Readers = "none" THEN <<>> ELSE Idle]
    /\ at = [t \in Threads |-> NULL]
    /\ reg = [t \in Threads |-> NULL]
    /\ taken = [t \in Threads |-> NULL]
    /\ wrong = [t \in Threads |-> {}]

\* A SIGSEGV or an abort ends the process, so no thread goes on.
Dead == \E t \in Threads : wrong[t] \cap Fatal # {}

Finished(t) == todo[t] = <<>>

\* The next operation of t is op.
At(t, op) == ~Dead /\ ~Finished(t) /\ Head(todo[t]) = op

Continue(t, rest) ==
    /\ todo' = [todo EXCEPT ![t] = rest]
    /\ at' = [at EXCEPT ![t] = IF rest = <<>> THEN NULL ELSE @]

Advance(t) == Continue(t, Tail(todo[t]))

Blame(t, faults) == wrong' = [wrong EXCEPT ![t] = @ \cup faults]

WithoutLock(t) == IF driverLock = t THEN {} ELSE {"freelist without lock"}

-----------------------------------------------------------------------------
(* Calls begin. Only the two assumptions on callers restrict them.         *)

Begin(t, e, code) ==
    /\ At(t, "begin")
    /\ todo' = [todo EXCEPT ![t] = code]
    /\ at' = [at EXCEPT ![t] = e]

\* A-ONEDESTROY: destroyImpl does not run twice at a time on one encoder. It may
\* well be called again later (dealloc does), and then finds a NULL `_impl`.
BeginDestroy(d, e) ==
    /\ "A-ONEDESTROY" \in Assumed => \A other \in Destroyers : at[other] # e
    /\ "A-NOREINIT" \in Assumed => \A c \in Creators : at[c] # e
    /\ Begin(d, e, DestroyCode)
    /\ ended' = [ended EXCEPT ![e] = TRUE]
    /\ UNCHANGED <<implOf, owner, pool, driverLock, libraryLock, reg, taken, wrong>>

\* A-NOREINIT: an encoder is not initialised while its destroyImpl runs. An
\* encoder that is still in use, or that another thread initialises, is never
\* initialised.
BeginCreate(c, e) ==
    /\ ended[e]
    /\ \A other \in Creators : at[other] # e
    /\ "A-NOREINIT" \in Assumed => \A d \in Destroyers : at[d] # e
    /\ Begin(c, e, CreateCode)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, reg, taken, wrong>>

\* A reader may begin at any time and with any encoder.
BeginRead(r, e) ==
    /\ Begin(r, e, ReaderCode)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, reg, taken, wrong>>

-----------------------------------------------------------------------------
(* Operations of more than one role.                                       *)

Load(t) ==
    /\ At(t, "load")
    /\ reg' = [reg EXCEPT ![t] = implOf[at[t]]]
    /\ Advance(t)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, taken, wrong>>

TestNull(t) ==
    /\ At(t, "test null")
    /\ Continue(t, IF reg[t] = NULL
                   THEN SelectSeq(todo[t], IsCleanUp)
                   ELSE Tail(todo[t]))
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, reg, taken, wrong>>

Lock(t) ==
    /\ At(t, "lock")
    /\ driverLock = "free"
    /\ driverLock' = t
    /\ Advance(t)
    /\ UNCHANGED <<implOf, ended, owner, pool, libraryLock, reg, taken, wrong>>

\* os_unfair_lock_unlock aborts when the caller is not the holder.
Unlock(t) ==
    /\ At(t, "unlock")
    /\ IF driverLock = t
       THEN driverLock' = "free" /\ UNCHANGED wrong
       ELSE Blame(t, {"released a lock not held"}) /\ UNCHANGED driverLock
    /\ Advance(t)
    /\ UNCHANGED <<implOf, ended, owner, pool, libraryLock, reg, taken>>

Guard(t) ==
    /\ At(t, "guard")
    /\ libraryLock = "free"
    /\ libraryLock' = t
    /\ Advance(t)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, reg, taken, wrong>>

Unguard(t) ==
    /\ At(t, "unguard")
    /\ IF libraryLock = t
       THEN libraryLock' = "free" /\ UNCHANGED wrong
       ELSE Blame(t, {"released a lock not held"}) /\ UNCHANGED libraryLock
    /\ Advance(t)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, reg, taken>>

-----------------------------------------------------------------------------
(* destroyImpl.                                                            *)

PoolIsFull == Len(pool) >= Capacity /\ "capacity test" \notin Omitted

\* From the branch on the impl's way is decided: the destroyer has taken it.
Branch(d, tail) ==
    /\ At(d, "test full")
    /\ taken' = [taken EXCEPT ![d] = reg[d]]
    /\ Blame(d, WithoutLock(d))
    /\ Continue(d, tail \o Tail(todo[d]))
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, reg>>

BranchNotFull(d) == ~PoolIsFull /\ Branch(d, NotFullTail)

BranchFull(d) == PoolIsFull /\ Branch(d, FullTail)

Push(d) ==
    /\ At(d, "push")
    /\ pool' = Append(pool, reg[d])
    /\ owner' = [i \in Impls |->
                   IF i = reg[d] /\ owner[i] # "freed" THEN "pool" ELSE owner[i]]
    /\ Blame(d, WithoutLock(d))
    /\ Advance(d)
    /\ UNCHANGED <<implOf, ended, driverLock, libraryLock, reg, taken>>

ZeroRegister(d) ==
    /\ At(d, "zero x20")
    /\ reg' = [reg EXCEPT ![d] = NULL]
    /\ Advance(d)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, taken, wrong>>

StoreNull(d) ==
    /\ At(d, "store null")
    /\ implOf' = [implOf EXCEPT ![at[d]] = NULL]
    /\ Advance(d)
    /\ UNCHANGED <<ended, owner, pool, driverLock, libraryLock, reg, taken, wrong>>

\* free(NULL) does nothing. What is freed stays freed, whoever still has it.
Free(d) ==
    /\ At(d, "free")
    /\ owner' = [i \in Impls |-> IF i = reg[d] THEN "freed" ELSE owner[i]]
    /\ Blame(d, IF \E i \in Impls : i = reg[d] /\ owner[i] = "freed"
                THEN {"freed twice"} ELSE {})
    /\ Advance(d)
    /\ UNCHANGED <<implOf, ended, pool, driverLock, libraryLock, reg, taken>>

Return(d) ==
    /\ At(d, "return")
    /\ reg' = [reg EXCEPT ![d] = NULL]
    /\ taken' = [taken EXCEPT ![d] = NULL]
    /\ Advance(d)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, wrong>>

-----------------------------------------------------------------------------
(* Initialisation of an encoder.                                           *)

\* Being popped does not bring freed memory back to life.
TakePooled(c) ==
    /\ At(c, "take")
    /\ pool # <<>>
    /\ LET top == pool[Len(pool)] IN
        /\ reg' = [reg EXCEPT ![c] = top]
        /\ owner' = [i \in Impls |->
                       IF i = top /\ owner[i] # "freed" THEN at[c] ELSE owner[i]]
    /\ pool' = SubSeq(pool, 1, Len(pool) - 1)
    /\ Blame(c, WithoutLock(c))
    /\ Advance(c)
    /\ UNCHANGED <<implOf, ended, driverLock, libraryLock, taken>>

\* Fresh impls are alike, so any one of them will do.
TakeFresh(c) ==
    /\ At(c, "take")
    /\ pool = <<>>
    /\ LET new == CHOOSE i \in Impls : owner[i] = "fresh" IN
        /\ reg' = [reg EXCEPT ![c] = new]
        /\ owner' = [owner EXCEPT ![new] = at[c]]
    /\ Blame(c, WithoutLock(c))
    /\ Advance(c)
    /\ UNCHANGED <<implOf, ended, pool, driverLock, libraryLock, taken>>

\* A new impl ends the window of a destroyImpl that still runs on the encoder.
StoreImpl(c) ==
    /\ At(c, "store impl")
    /\ implOf' = [implOf EXCEPT ![at[c]] = reg[c]]
    /\ ended' = [ended EXCEPT ![at[c]] = FALSE]
    /\ taken' = [t \in Threads |-> IF at[t] = at[c] THEN NULL ELSE taken[t]]
    /\ reg' = [reg EXCEPT ![c] = NULL]
    /\ Advance(c)
    /\ UNCHANGED <<owner, pool, driverLock, libraryLock, wrong>>

-----------------------------------------------------------------------------
(* Encoding.                                                               *)

FaultOfUse(i, e) ==
    CASE i = NULL            -> {"used NULL"}
      [] owner[i] = "pool"   -> {"used pooled"}
      [] owner[i] = "freed"  -> {"used freed"}
      [] owner[i] = e        -> {}
      [] OTHER               -> {"used foreign"}

Use(r) ==
    /\ At(r, "use")
    /\ Blame(r, FaultOfUse(reg[r], at[r]))
    /\ reg' = [reg EXCEPT ![r] = NULL]
    /\ Advance(r)
    /\ UNCHANGED <<implOf, ended, owner, pool, driverLock, libraryLock, taken>>

-----------------------------------------------------------------------------
(* The two ways in which a behaviour may end; anything else is a deadlock. *)

Terminated ==
    /\ \A t \in Threads : Finished(t)
    /\ UNCHANGED vars

ProcessDied ==
    /\ Dead
    /\ UNCHANGED vars

Next ==
    \/ \E d \in Destroyers, e \in Encoders : BeginDestroy(d, e)
    \/ \E c \in Creators, e \in Encoders : BeginCreate(c, e)
    \/ \E r \in EncodingThreads, e \in Encoders : BeginRead(r, e)
    \/ \E t \in Threads : Load(t)
    \/ \E t \in Threads : TestNull(t)
    \/ \E t \in Threads : Lock(t)
    \/ \E t \in Threads : Unlock(t)
    \/ \E t \in Threads : Guard(t)
    \/ \E t \in Threads : Unguard(t)
    \/ \E d \in Destroyers : BranchNotFull(d)
    \/ \E d \in Destroyers : BranchFull(d)
    \/ \E d \in Destroyers : Push(d)
    \/ \E d \in Destroyers : ZeroRegister(d)
    \/ \E d \in Destroyers : StoreNull(d)
    \/ \E d \in Destroyers : Free(d)
    \/ \E d \in Destroyers : Return(d)
    \/ \E c \in Creators : TakePooled(c)
    \/ \E c \in Creators : TakeFresh(c)
    \/ \E c \in Creators : StoreImpl(c)
    \/ \E r \in EncodingThreads : Use(r)
    \/ Terminated
    \/ ProcessDied

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Claims.                                                                 *)

TypeOK ==
    /\ implOf \in [Encoders -> Impls \cup {NULL}]
    /\ ended \in [Encoders -> BOOLEAN]
    /\ owner \in [Impls -> Encoders \cup {"fresh", "pool", "freed"}]
    /\ \A k \in 1..Len(pool) : pool[k] \in Impls \cup {NULL}
    /\ driverLock \in Threads \cup {"free"}
    /\ libraryLock \in Threads \cup {"free"}
    /\ DOMAIN todo = Threads
    /\ at \in [Threads -> Encoders \cup {NULL}]
    /\ reg \in [Threads -> Impls \cup {NULL}]
    /\ taken \in [Threads -> Impls \cup {NULL}]
    /\ \A t \in Threads : wrong[t] \subseteq DanglingUses \cup LockBreaches \cup Fatal

\* A destroyer that has taken its encoder's impl and does not hold the driver's
\* lock leaves no pointer to it in `_impl`. `taken` is reset when destroyImpl
\* returns or when the encoder gets a new impl: there the window ends.
NoRaceWindow ==
    \A d \in Destroyers :
        taken[d] # NULL /\ driverLock # d => implOf[at[d]] = NULL

NoDanglingUse == \A r \in Threads : wrong[r] \cap DanglingUses = {}

\* Every impl that is allocated can still be found by somebody who may free it.
NoLeak ==
    \A i \in Impls :
        owner[i] \notin {"fresh", "freed"} =>
            \/ \E e \in Encoders : implOf[e] = i
            \/ \E k \in 1..Len(pool) : pool[k] = i
            \/ \E t \in Destroyers \cup Creators : ~Finished(t) /\ reg[t] = i

PoolSound ==
    /\ Len(pool) <= Capacity
    /\ \A j, k \in 1..Len(pool) : pool[j] = pool[k] => j = k
    /\ \A k \in 1..Len(pool) : pool[k] \in Impls /\ owner[pool[k]] = "pool"
    /\ \A t \in Threads : "freed twice" \notin wrong[t]

LockDiscipline ==
    /\ \A t \in Threads : wrong[t] \cap LockBreaches = {}
    /\ \A t \in Threads : Finished(t) => driverLock # t /\ libraryLock # t
=============================================================================
