---------------------------- MODULE TensorLifetime ----------------------------
(*************************************************************************)
(* Native calls that encode GPU work from tensors which somebody else may *)
(* let go of meanwhile.                                                  *)
(*                                                                       *)
(* Each thread makes one call with all tensors.  A call starts under the *)
(* interpreter lock, captures its tensors (the constants say how: borrowed, *)
(* owned before the encoding lock, owned after it), encodes under the    *)
(* encoding lock, and lets go of what it owns.  The collector drops the  *)
(* program's names.  A tensor is freed when its last reference goes.     *)
(*                                                                       *)
(* No step asks whether a tensor is still there in order to avoid it: a  *)
(* step that reads a freed tensor crashes the process, and the crash is a *)
(* state.                                                                *)
(*************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Threads,           \* the threads; each makes one call
  Tensors,           \* the arguments of every call
  OwnedBefore,       \* tensors that a call owns before it takes the encoding lock
  OwnedAfter,        \* tensors that a call owns after it took that lock
  KeepsInterpreter,  \* the interpreter lock is kept until the early captures are done
  CollectorWaits,    \* names are dropped only while no call has the interpreter lock
  CallerHolds,       \* tensors on which the caller holds a reference of its own
  CallerDrops,       \* "once captured" or "at return": from when it may drop them
  StorageEmptied,    \* "never", "any time" or "after encoding": when storage may be emptied
  ReleasePlace,      \* "after unlock", "once bound" or "never"
  LeftOut            \* protective steps that are missing

ASSUME /\ OwnedBefore \cup OwnedAfter \cup CallerHolds \subseteq Tensors
       /\ OwnedBefore \cap OwnedAfter = {}
       /\ {KeepsInterpreter, CollectorWaits} \subseteq BOOLEAN
       /\ CallerDrops \in {"once captured", "at return"}
       /\ StorageEmptied \in {"never", "any time", "after encoding"}
       /\ ReleasePlace \in {"after unlock", "once bound", "never"}
       /\ LeftOut \subseteq {"lock", "unlock", "decrement", "count test"}

Borrowed == Tensors \ (OwnedBefore \cup OwnedAfter)
Nobody == "nobody"

VARIABLES
  pc,            \* where each thread is
  interpreter,   \* who holds the interpreter lock
  encodingLock,  \* who holds the encoding lock
  names,         \* the tensors that the program can still name
  held,          \* per thread: references of the frame that made the call
  captured,      \* per thread: tensors that the call has captured
  owns,          \* per thread: tensors on which the call has a reference
  bound,         \* per thread: tensors that have been bound to the encoder
  count,         \* per tensor: its reference counter
  object,        \* per tensor: "live", "emptied" (no storage) or "freed"
  crashed        \* a freed tensor or an empty storage was read: the process is gone

call == <<captured, owns, bound>>
locks == <<interpreter, encodingLock>>
vars == <<pc, locks, names, held, call, count, object, crashed>>

Places == {"idle", "called", "outside", "locked", "encoding", "encoded",
           "unlocked", "ended"}

Init ==
  /\ pc = [t \in Threads |-> "idle"]
  /\ interpreter = Nobody
  /\ encodingLock = Nobody
  /\ names = Tensors
  /\ held = [t \in Threads |-> {}]
  /\ captured = [t \in Threads |-> {}]
  /\ owns = [t \in Threads |-> {}]
  /\ bound = [t \in Threads |-> {}]
  /\ count = [x \in Tensors |-> 1]
  /\ object = [x \in Tensors |-> "live"]
  /\ crashed = FALSE

-----------------------------------------------------------------------------
(* Parts of steps *)

At(t, place) == ~crashed /\ pc[t] = place

GoTo(t, place) == pc' = [pc EXCEPT ![t] = place]

(* A call works through its arguments in one order, whichever it is; only the
   callers and the collector come in any order. *)
IsNext(x, todo) == x \in todo /\ x = CHOOSE y \in todo : TRUE

(* The end of the process: nothing but the last state is left. *)
Crash ==
  /\ crashed' = TRUE
  /\ UNCHANGED <<pc, locks, names, held, call, count, object>>

(* One reference less, and free at zero: one atomic step, as the native
   counter is decremented and tested in one instruction. *)
CountDown(x) ==
  LET left == IF "decrement" \in LeftOut THEN count[x] ELSE count[x] - 1
      last == left = 0 \/ "count test" \in LeftOut
  IN  /\ count' = [count EXCEPT ![x] = left]
      /\ object' = IF last THEN [object EXCEPT ![x] = "freed"] ELSE object

(* Both captures read the tensor (a borrow asks whether it is contiguous, an
   owner writes its counter); only an owner leaves a reference behind. *)
CaptureBorrowed(t, x) ==
  IF object[x] = "freed"
  THEN Crash
  ELSE /\ captured' = [captured EXCEPT ![t] = @ \cup {x}]
       /\ UNCHANGED <<pc, locks, names, held, owns, bound, count, object, crashed>>

CaptureOwned(t, x) ==
  IF object[x] = "freed"
  THEN Crash
  ELSE /\ captured' = [captured EXCEPT ![t] = @ \cup {x}]
       /\ owns' = [owns EXCEPT ![t] = @ \cup {x}]
       /\ count' = [count EXCEPT ![x] = @ + 1]
       /\ UNCHANGED <<pc, locks, names, held, bound, object, crashed>>

-----------------------------------------------------------------------------
(* The call *)

(* A call can be written down only with names that exist.  Naming is not
   capturing: from here on the call has pointers, and no reference yet but
   those that its caller holds. *)
Start(t) ==
  /\ At(t, "idle")
  /\ names = Tensors
  /\ interpreter = Nobody
  /\ interpreter' = t
  /\ held' = [held EXCEPT ![t] = CallerHolds]
  /\ count' = [x \in Tensors |-> IF x \in CallerHolds THEN count[x] + 1 ELSE count[x]]
  /\ GoTo(t, "called")
  /\ UNCHANGED <<encodingLock, names, call, object, crashed>>

(* Early captures: with the interpreter lock, unless that was given up. *)
Borrow(t, x) ==
  /\ At(t, "called") \/ At(t, "outside")
  /\ IsNext(x, Borrowed \ captured[t])
  /\ CaptureBorrowed(t, x)

OwnBeforeLock(t, x) ==
  /\ At(t, "called") \/ At(t, "outside")
  /\ IsNext(x, OwnedBefore \ captured[t])
  /\ CaptureOwned(t, x)

(* The call lets go of the interpreter lock before it can block. *)
LeaveInterpreter(t) ==
  /\ At(t, "called")
  /\ KeepsInterpreter => Tensors \ OwnedAfter \subseteq captured[t]
  /\ interpreter' = Nobody
  /\ GoTo(t, "outside")
  /\ UNCHANGED <<encodingLock, names, held, call, count, object, crashed>>

Lock(t) ==
  /\ At(t, "outside")
  /\ Tensors \ OwnedAfter \subseteq captured[t]
  /\ IF "lock" \in LeftOut
     THEN UNCHANGED encodingLock
     ELSE /\ encodingLock = Nobody
          /\ encodingLock' = t
  /\ GoTo(t, "locked")
  /\ UNCHANGED <<interpreter, names, held, call, count, object, crashed>>

OwnAfterLock(t, x) ==
  /\ At(t, "locked")
  /\ IsNext(x, OwnedAfter \ captured[t])
  /\ CaptureOwned(t, x)

BeginEncoding(t) ==
  /\ At(t, "locked")
  /\ captured[t] = Tensors
  /\ GoTo(t, "encoding")
  /\ UNCHANGED <<locks, names, held, call, count, object, crashed>>

(* Binding reads the buffer behind the tensor. *)
Bind(t, x) ==
  /\ At(t, "encoding")
  /\ IsNext(x, Tensors \ bound[t])
  /\ IF object[x] # "live"
     THEN Crash
     ELSE /\ bound' = [bound EXCEPT ![t] = @ \cup {x}]
          /\ UNCHANGED <<pc, locks, names, held, captured, owns, count, object, crashed>>

EndEncoding(t) ==
  /\ At(t, "encoding")
  /\ bound[t] = Tensors
  /\ GoTo(t, "encoded")
  /\ UNCHANGED <<locks, names, held, call, count, object, crashed>>

Unlock(t) ==
  /\ At(t, "encoded")
  /\ encodingLock' = IF "unlock" \in LeftOut THEN encodingLock ELSE Nobody
  /\ GoTo(t, "unlocked")
  /\ UNCHANGED <<interpreter, names, held, call, count, object, crashed>>

(* The destructor of one captured handle. *)
Release(t, x) ==
  /\ At(t, "unlocked") \/ (ReleasePlace = "once bound" /\ x \in bound[t] /\ ~crashed)
  /\ ReleasePlace # "never"
  /\ IsNext(x, owns[t])
  /\ IF object[x] = "freed"
     THEN Crash
     ELSE /\ owns' = [owns EXCEPT ![t] = @ \ {x}]
          /\ CountDown(x)
          /\ UNCHANGED <<pc, locks, names, held, captured, bound, crashed>>

Return(t) ==
  /\ At(t, "unlocked")
  /\ owns[t] = {} \/ ReleasePlace = "never"
  /\ GoTo(t, "ended")
  /\ UNCHANGED <<locks, names, held, call, count, object, crashed>>

-----------------------------------------------------------------------------
(* Everybody else *)

(* The frame that made the call lets go of its reference. *)
CallerDropsReference(t, x) ==
  /\ ~crashed
  /\ x \in held[t]
  /\ IF CallerDrops = "at return" THEN pc[t] = "ended" ELSE x \in captured[t]
  /\ IF object[x] = "freed"
     THEN Crash
     ELSE /\ held' = [held EXCEPT ![t] = @ \ {x}]
          /\ CountDown(x)
          /\ UNCHANGED <<pc, locks, names, call, crashed>>

(* The collector, or any other thread of the program, drops a name. *)
Collect(x) ==
  /\ ~crashed
  /\ x \in names
  /\ CollectorWaits => interpreter = Nobody
  /\ IF object[x] = "freed"
     THEN Crash
     ELSE /\ names' = names \ {x}
          /\ CountDown(x)
          /\ UNCHANGED <<pc, locks, held, call, crashed>>

(* Somebody shrinks the storage to nothing: every reference stays, the buffer
   goes.  "after encoding" is a program that waits until every call has been
   encoded, and does not wait for their return. *)
EmptyStorage(x) ==
  /\ ~crashed
  /\ \/ StorageEmptied = "any time"
     \/ StorageEmptied = "after encoding" /\ \A t \in Threads : pc[t] \in {"unlocked", "ended"}
  /\ object[x] = "live"
  /\ object' = [object EXCEPT ![x] = "emptied"]
  /\ UNCHANGED <<pc, locks, names, held, call, count, crashed>>

(* The end.  Either the process has crashed; or no call runs, no lock is held,
   no name and no frame is left.  A tensor that leaked does not hinder it
   (EveryTensorIsFreed says that), a lock that was not given back does. *)
AllIsDone ==
  /\ \A t \in Threads : pc[t] \in {"idle", "ended"} /\ held[t] = {}
  /\ names = {}
  /\ interpreter = Nobody
  /\ encodingLock = Nobody

Terminated ==
  /\ crashed \/ AllIsDone
  /\ UNCHANGED vars

Next ==
  \/ \E t \in Threads : Start(t)
  \/ \E t \in Threads, x \in Tensors : Borrow(t, x)
  \/ \E t \in Threads, x \in Tensors : OwnBeforeLock(t, x)
  \/ \E t \in Threads : LeaveInterpreter(t)
  \/ \E t \in Threads : Lock(t)
  \/ \E t \in Threads, x \in Tensors : OwnAfterLock(t, x)
  \/ \E t \in Threads : BeginEncoding(t)
  \/ \E t \in Threads, x \in Tensors : Bind(t, x)
  \/ \E t \in Threads : EndEncoding(t)
  \/ \E t \in Threads : Unlock(t)
  \/ \E t \in Threads, x \in Tensors : Release(t, x)
  \/ \E t \in Threads : Return(t)
  \/ \E t \in Threads, x \in Tensors : CallerDropsReference(t, x)
  \/ \E x \in Tensors : Collect(x)
  \/ \E x \in Tensors : EmptyStorage(x)
  \/ Terminated

-----------------------------------------------------------------------------
(* Fairness: while a started call, a caller or the collector can take a step,
   one of them takes one in the end.  No call has to start, and nobody has to
   empty a storage.  This asks for less than fairness for each thread, and is
   enough because no behaviour has infinitely many such steps. *)

GoOn(t) ==
  \/ \E x \in Tensors :
       \/ Borrow(t, x)
       \/ OwnBeforeLock(t, x)
       \/ OwnAfterLock(t, x)
       \/ Bind(t, x)
       \/ Release(t, x)
  \/ LeaveInterpreter(t)
  \/ Lock(t)
  \/ BeginEncoding(t)
  \/ EndEncoding(t)
  \/ Unlock(t)
  \/ Return(t)

CallGoesOn == \E t \in Threads : GoOn(t)
CallerLetsGo == \E t \in Threads, x \in Tensors : CallerDropsReference(t, x)
CollectorRuns == \E x \in Tensors : Collect(x)

Behaviour == Init /\ [][Next]_vars
Spec == Behaviour /\ WF_vars(CallGoesOn \/ CallerLetsGo \/ CollectorRuns)
SpecWithoutCollector == Behaviour /\ WF_vars(CallGoesOn \/ CallerLetsGo)
SpecWithoutScheduler == Behaviour /\ WF_vars(CallerLetsGo \/ CollectorRuns)

-----------------------------------------------------------------------------
(* Claims *)

Frames(x) == Cardinality({t \in Threads : x \in held[t]})
Owners(x) == Cardinality({t \in Threads : x \in owns[t]})
Names(x) == IF x \in names THEN 1 ELSE 0

TypeOK ==
  /\ pc \in [Threads -> Places]
  /\ interpreter \in Threads \cup {Nobody}
  /\ encodingLock \in Threads \cup {Nobody}
  /\ names \subseteq Tensors
  /\ \A t \in Threads :
       /\ held[t] \subseteq CallerHolds
       /\ captured[t] \subseteq Tensors
       /\ owns[t] \subseteq captured[t] \ Borrowed
       /\ bound[t] \subseteq captured[t]
  /\ count \in [Tensors -> 0..(1 + 2 * Cardinality(Threads))]
  /\ object \in [Tensors -> {"live", "emptied", "freed"}]
  /\ crashed \in BOOLEAN

NoUseAfterFreeCrashes == ~crashed

OwnedTensorIsValid ==
  \A t \in Threads : \A x \in owns[t] : object[x] = "live"

EncodingImpliesValidBuffer ==
  \A t \in Threads : pc[t] = "encoding" => \A x \in Tensors : object[x] = "live"

RefcountConsistent ==
  \A x \in Tensors :
    /\ count[x] = Names(x) + Owners(x) + Frames(x)
    /\ object[x] = "freed" <=> count[x] = 0

OneEncodes ==
  \A t, u \in Threads : pc[t] = "encoding" /\ pc[u] = "encoding" => t = u

EveryCallCompletes ==
  \A t \in Threads :
    pc[t] # "idle" ~> (pc[t] = "ended" /\ bound[t] = Tensors) \/ crashed

EveryTensorIsFreed ==
  <>(crashed \/ \A x \in Tensors : object[x] = "freed")

=============================================================================
