------------------------------ MODULE ForkSafety ------------------------------
(*************************************************************************)
(* A pool of streams in a process that forks.                            *)
(*                                                                       *)
(* Threads ask for a stream by several entry points and work on it.  One *)
(* lock guards the pool, which is made on first use.  At any moment a    *)
(* thread may fork, while others are inside an entry point and hold that *)
(* lock.  The module then follows the child: only the thread that forked *)
(* goes on, everything else is inherited as it stood.  (The parent is    *)
(* what the module describes as long as nobody forks.)  A handler in the *)
(* child sets a flag, entry points that see the flag raise, and the      *)
(* program may start afresh, or not.                                     *)
(*                                                                       *)
(* No step asks whether an object is inherited in order to avoid it: a   *)
(* use of one is possible, and noted.                                    *)
(*************************************************************************)
EXTENDS Integers

CONSTANTS
  Threads,       \* the threads of a process; one that a child lost may be started again
  Entries,       \* "current" keeps its stream per thread, "work" takes a stream, others give one
  Forks,         \* how often the followed process forks: 2 = a child forks again
  Registers,     \* entry points that have the handler registered
  UnderLock,     \* they do so with the lock already taken
  HandlerLocks,  \* the child handler takes the lock
  Untested,      \* entry points that do not test the flag
  TestedLate,    \* entry points that test the flag only with the lock
  NullReturning, \* entry points that return NULL where they should raise
  Touches,       \* a start afresh unlocks and frees what it has inherited
  OneAtATime,    \* one thread at a time starts afresh
  LeftOut        \* protective steps that are missing

ASSUME /\ Registers \cup Untested \cup TestedLate \cup NullReturning \subseteq Entries
       /\ Forks \in Nat
       /\ {UnderLock, HandlerLocks, Touches, OneAtATime} \subseteq BOOLEAN
       /\ LeftOut \subseteq {"lock", "new pool"}

Nobody == <<0, "nobody">>
None == 0            \* no pool, no stream; otherwise the number of the process that made it
Processes == 1..(Forks + 1)

VARIABLES
  process,     \* the process that is followed: 1, its child 2, that one's child 3
  registered,  \* the handler has been registered with pthread_atfork
  forkedChild, \* the flag
  holder,      \* who holds the lock: a process and a thread of it
  pool,        \* the pool, by the process that made it
  poolsMade,   \* how often this process has made one: 0, 1, or 2 for more
  pc,          \* where each thread is; "gone" is a thread that the child does not have
  entry,       \* per thread: the entry point that it is in, while that matters
  cached,      \* per thread: the stream that "current" keeps
  stream,      \* per thread: the stream that it has been given
  outcome,     \* per thread: how the entry point returned
  expected,    \* per thread: how it must return
  standing,    \* "own", "unsure" or "inherited": what the process may do with the library
  inheritedUse \* an inherited object has been used

library == <<registered, forkedChild, holder, pool, poolsMade>>
results == <<stream, outcome, expected>>
vars == <<process, library, pc, entry, cached, results, standing, inheritedUse>>

Places == {"idle", "gone", "entered", "admitted", "waiting", "late test", "in pool",
           "leaving", "returned", "handler", "new state", "new flag"}
InsidePool == {"late test", "in pool", "leaving"}
InAfresh == {"new state", "new flag"}

(* The library is untouched, or it has been in use already. *)
Init ==
  /\ process = 1
  /\ \/ pool = None /\ registered = FALSE
     \/ pool = 1 /\ registered = TRUE /\ Registers # {}
     \/ pool = 1 /\ registered = FALSE /\ Registers # Entries
  /\ poolsMade = IF pool = None THEN 0 ELSE 1
  /\ forkedChild = FALSE
  /\ holder = Nobody
  /\ pc = [t \in Threads |-> "idle"]
  /\ entry = [t \in Threads |-> "none"]
  /\ cached = [t \in Threads |-> None]
  /\ stream = [t \in Threads |-> None]
  /\ outcome = [t \in Threads |-> "none"]
  /\ expected = [t \in Threads |-> "none"]
  /\ standing = "own"
  /\ inheritedUse = FALSE

-----------------------------------------------------------------------------
(* Parts of steps *)

At(t, place) == pc[t] = place
GoTo(t, place) == pc' = [pc EXCEPT ![t] = place]
Me(t) == <<process, t>>

(* What an entry point does in a child: raise, with the documented message. *)
Refuse(t) ==
  /\ outcome' = [outcome EXCEPT ![t] = IF entry[t] \in NullReturning THEN "null" ELSE "raised"]
  /\ entry' = [entry EXCEPT ![t] = "none"]
  /\ GoTo(t, "returned")

HasOwnStream(t) ==
  /\ entry[t] = "current"
  /\ cached[t] # None
  /\ cached[t] = pool

-----------------------------------------------------------------------------
(* An operation: ask an entry point for a stream, and work on it *)

Enter(t, e) ==
  /\ At(t, "idle")
  /\ e = "work" => stream[t] # None
  /\ entry' = [entry EXCEPT ![t] = e]
  /\ expected' = [expected EXCEPT ![t] =
       IF standing = "unsure" THEN "either"
       ELSE IF standing = "inherited" \/ (e = "work" /\ stream[t] # process) THEN "raised"
       ELSE "stream"]
  /\ GoTo(t, "entered")
  /\ UNCHANGED <<process, library, cached, stream, outcome, standing, inheritedUse>>

TestFlag(t) ==
  /\ At(t, "entered")
  /\ IF forkedChild /\ entry[t] \notin Untested \cup TestedLate
     THEN Refuse(t)
     ELSE GoTo(t, "admitted") /\ UNCHANGED <<outcome, entry>>
  /\ UNCHANGED <<process, library, cached, stream, expected, standing, inheritedUse>>

(* The thread's own stream, without the lock, unless it belongs to another pool. *)
ReturnOwnStream(t) ==
  /\ At(t, "admitted")
  /\ HasOwnStream(t)
  /\ stream' = [stream EXCEPT ![t] = cached[t]]
  /\ outcome' = [outcome EXCEPT ![t] = "stream"]
  /\ entry' = [entry EXCEPT ![t] = "none"]
  /\ GoTo(t, "returned")
  /\ UNCHANGED <<process, library, cached, expected, standing, inheritedUse>>

(* Once, whoever comes first; the rest find it done. *)
Register(t) ==
  /\ At(t, "admitted")
  /\ ~HasOwnStream(t)
  /\ registered' = (registered \/ (entry[t] \in Registers /\ ~UnderLock))
  /\ GoTo(t, "waiting")
  /\ UNCHANGED <<process, forkedChild, holder, pool, poolsMade, entry, cached, results, standing, inheritedUse>>

TakeLock(t) ==
  /\ At(t, "waiting")
  /\ IF "lock" \in LeftOut
     THEN UNCHANGED holder
     ELSE /\ holder = Nobody
          /\ holder' = Me(t)
  /\ GoTo(t, IF entry[t] \in TestedLate THEN "late test" ELSE "in pool")
  /\ UNCHANGED <<process, registered, forkedChild, pool, poolsMade, entry, cached, results, standing, inheritedUse>>

TestFlagLate(t) ==
  /\ At(t, "late test")
  /\ IF forkedChild
     THEN Refuse(t) /\ holder' = Nobody
     ELSE GoTo(t, "in pool") /\ UNCHANGED <<outcome, entry, holder>>
  /\ UNCHANGED <<process, registered, forkedChild, pool, poolsMade, cached, stream, expected, standing, inheritedUse>>

RegisterUnderLock(t) ==
  /\ At(t, "in pool")
  /\ UnderLock /\ ~registered
  /\ registered' = TRUE
  /\ UNCHANGED <<process, forkedChild, holder, pool, poolsMade, pc, entry, cached, results, standing, inheritedUse>>

MakePool(t) ==
  /\ At(t, "in pool")
  /\ pool = None
  /\ UnderLock => registered
  /\ pool' = process
  /\ poolsMade' = IF poolsMade = 0 THEN 1 ELSE 2
  /\ UNCHANGED <<process, registered, forkedChild, holder, pc, entry, cached, results, standing, inheritedUse>>

TakeStream(t) ==
  /\ At(t, "in pool")
  /\ pool # None
  /\ entry[t] # "work"
  /\ stream' = [stream EXCEPT ![t] = pool]
  /\ cached' = IF entry[t] = "current" THEN [cached EXCEPT ![t] = pool] ELSE cached
  /\ entry' = [entry EXCEPT ![t] = "none"]
  /\ GoTo(t, "leaving")
  /\ UNCHANGED <<process, library, outcome, expected, standing, inheritedUse>>

(* "work" takes a stream that was given before: is it one of this pool? *)
FindStream(t) ==
  /\ At(t, "in pool")
  /\ pool # None
  /\ entry[t] = "work"
  /\ IF stream[t] = pool
     THEN /\ entry' = [entry EXCEPT ![t] = "none"]
          /\ GoTo(t, "leaving")
          /\ UNCHANGED <<holder, outcome>>
     ELSE Refuse(t) /\ holder' = Nobody
  /\ UNCHANGED <<process, registered, forkedChild, pool, poolsMade, cached, stream, expected, standing, inheritedUse>>

Unlock(t) ==
  /\ At(t, "leaving")
  /\ holder' = Nobody
  /\ outcome' = [outcome EXCEPT ![t] = "stream"]
  /\ GoTo(t, "returned")
  /\ UNCHANGED <<process, registered, forkedChild, pool, poolsMade, entry, cached, stream, expected, standing, inheritedUse>>

(* The caller goes on: with work on the stream, or without a stream.  Where
   there is an entry point "work", callers keep streams, over a fork too. *)
Finish(t) ==
  /\ At(t, "returned")
  /\ inheritedUse' = (inheritedUse \/ (outcome[t] = "stream" /\ stream[t] # process))
  /\ stream' = IF "work" \in Entries THEN stream ELSE [stream EXCEPT ![t] = None]
  /\ outcome' = [outcome EXCEPT ![t] = "none"]
  /\ expected' = [expected EXCEPT ![t] = "none"]
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<process, library, entry, cached, standing>>

-----------------------------------------------------------------------------
(* Fork *)

OnlyOf(t, f, missing) == [u \in Threads |-> IF u = t THEN f[u] ELSE missing]

(* A thread forks between two operations of its own, whatever the others do.
   From here on the child is followed. *)
Fork(t) ==
  /\ At(t, "idle")
  /\ process <= Forks
  /\ process' = process + 1
  /\ pc' = OnlyOf(t, [pc EXCEPT ![t] = IF registered THEN "handler" ELSE "idle"], "gone")
  /\ entry' = OnlyOf(t, entry, "none")
  /\ cached' = OnlyOf(t, cached, None)
  /\ stream' = OnlyOf(t, stream, None)
  /\ outcome' = OnlyOf(t, outcome, "none")
  /\ expected' = OnlyOf(t, expected, "none")
  /\ standing' =
       IF standing = "inherited" \/ pool # None THEN "inherited"
       ELSE IF registered \/ \E u \in Threads : pc[u] \notin {"idle", "gone"} THEN "unsure"
       ELSE standing
  /\ poolsMade' = 0
  /\ UNCHANGED <<registered, forkedChild, holder, pool, inheritedUse>>

(* The child handler of pthread_atfork, before fork() returns in the child. *)
HandlerSetsFlag(t) ==
  /\ At(t, "handler")
  /\ HandlerLocks => holder = Nobody
  /\ forkedChild' = TRUE
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<process, registered, holder, pool, poolsMade, entry, cached, results, standing, inheritedUse>>

StartThread(t, u) ==
  /\ At(t, "idle")
  /\ pc[u] = "gone"
  /\ GoTo(u, "idle")
  /\ UNCHANGED <<process, library, entry, cached, results, standing, inheritedUse>>

-----------------------------------------------------------------------------
(* Start afresh: a new lock and a new pool, and the flag last.  What is
   inherited is left as it is, neither unlocked nor freed.  Without the flag
   there is nothing to do. *)

StartAfresh(t) ==
  /\ At(t, "idle")
  /\ forkedChild
  /\ OneAtATime => \A u \in Threads : pc[u] \notin InAfresh
  /\ GoTo(t, "new state")
  /\ UNCHANGED <<process, library, entry, cached, results, standing, inheritedUse>>

(* Lock and pool are one object behind one pointer. *)
ReplaceState(t) ==
  /\ At(t, "new state")
  /\ inheritedUse' = (inheritedUse \/ (Touches /\ (holder # Nobody \/ pool # None)))
  /\ holder' = Nobody
  /\ pool' = IF "new pool" \in LeftOut THEN pool ELSE None
  /\ GoTo(t, "new flag")
  /\ UNCHANGED <<process, registered, forkedChild, poolsMade, entry, cached, results, standing>>

(* An operation of another thread that began before may end either way. *)
ClearFlag(t) ==
  /\ At(t, "new flag")
  /\ forkedChild' = FALSE
  /\ standing' = "own"
  /\ expected' = [u \in Threads |-> IF expected[u] = "none" THEN "none" ELSE "either"]
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<process, registered, holder, pool, poolsMade, entry, cached, stream, outcome, inheritedUse>>

-----------------------------------------------------------------------------

Next ==
  \/ \E t \in Threads, e \in Entries : Enter(t, e)
  \/ \E t \in Threads : TestFlag(t)
  \/ \E t \in Threads : ReturnOwnStream(t)
  \/ \E t \in Threads : Register(t)
  \/ \E t \in Threads : TakeLock(t)
  \/ \E t \in Threads : TestFlagLate(t)
  \/ \E t \in Threads : RegisterUnderLock(t)
  \/ \E t \in Threads : MakePool(t)
  \/ \E t \in Threads : TakeStream(t)
  \/ \E t \in Threads : FindStream(t)
  \/ \E t \in Threads : Unlock(t)
  \/ \E t \in Threads : Finish(t)
  \/ \E t \in Threads : Fork(t)
  \/ \E t \in Threads : HandlerSetsFlag(t)
  \/ \E t, u \in Threads : StartThread(t, u)
  \/ \E t \in Threads : StartAfresh(t)
  \/ \E t \in Threads : ReplaceState(t)
  \/ \E t \in Threads : ClearFlag(t)

(* Fairness: a thread that has begun something goes on with it, and a thread
   that waits for a lock which is free again and again gets it in the end.
   Nobody has to begin an operation, to fork, or to start afresh. *)
GoOn(t) ==
  \/ TestFlag(t)
  \/ ReturnOwnStream(t)
  \/ Register(t)
  \/ TestFlagLate(t)
  \/ RegisterUnderLock(t)
  \/ MakePool(t)
  \/ TakeStream(t)
  \/ FindStream(t)
  \/ Unlock(t)
  \/ Finish(t)
  \/ HandlerSetsFlag(t)
  \/ ReplaceState(t)
  \/ ClearFlag(t)

Behaviour == Init /\ [][Next]_vars
Spec == Behaviour /\ \A t \in Threads : WF_vars(GoOn(t)) /\ SF_vars(TakeLock(t))
SpecUnfairLock == Behaviour /\ \A t \in Threads : WF_vars(GoOn(t)) /\ WF_vars(TakeLock(t))

-----------------------------------------------------------------------------
(* Claims *)

TypeOK ==
  /\ process \in Processes
  /\ {registered, forkedChild, inheritedUse} \subseteq BOOLEAN
  /\ holder \in {Nobody} \cup (Processes \X Threads)
  /\ pool \in {None} \cup Processes
  /\ poolsMade \in 0..2
  /\ pc \in [Threads -> Places]
  /\ entry \in [Threads -> Entries \cup {"none"}]
  /\ cached \in [Threads -> {None} \cup Processes]
  /\ stream \in [Threads -> {None} \cup Processes]
  /\ outcome \in [Threads -> {"none", "raised", "null", "stream"}]
  /\ expected \in [Threads -> {"none", "raised", "stream", "either"}]
  /\ standing \in {"own", "unsure", "inherited"}

NoInheritedUse == ~inheritedUse

WaitsForLock(t) ==
  \/ pc[t] = "waiting" /\ "lock" \notin LeftOut
  \/ pc[t] = "handler" /\ HandlerLocks

NoOrphanedWait ==
  \A t \in Threads : WaitsForLock(t) /\ holder # Nobody => holder[1] = process

ForkedOpsRaise ==
  \A t \in Threads : pc[t] = "returned" /\ expected[t] = "raised" => outcome[t] = "raised"

AfreshWorks ==
  \A t \in Threads :
    pc[t] = "returned" /\ expected[t] = "stream" => outcome[t] = "stream" /\ stream[t] = process

OneInPool ==
  /\ \A t \in Threads : pc[t] \in InsidePool => holder = Me(t)
  /\ poolsMade < 2

Returned(t) == pc[t] \in {"idle", "gone"}
EveryChildOpReturns ==
  \A t \in Threads : ~Returned(t) ~> Returned(t)

=============================================================================
