----------------------------- MODULE SignalSafety -----------------------------
(*************************************************************************)
(* The handler of one signal, put in while a trace runs.                 *)
(*                                                                       *)
(* Threads record operations under a lock, start and stop the trace, and *)
(* look whether an interrupt has come.  While the handler is in, the     *)
(* signal may be delivered to any thread at any moment, also while it    *)
(* holds that lock.  A frame of the handler then stands on top of the    *)
(* thread, which does nothing else until the frame has returned, maybe   *)
(* long after the trace.  The handler sets a flag and passes the signal  *)
(* on to the disposition that was there before, which it finds in a      *)
(* record.                                                               *)
(*                                                                       *)
(* Ways to go wrong are states: a call of what is no function crashes the *)
(* process, a handler that waits for a lock of its own thread waits, one *)
(* that is its own predecessor never returns.                            *)
(*************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
  Threads,         \* the threads of the program
  Dispositions,    \* those the program may set: of "default", "ignore", "handler"
  PutsOver,        \* it may also put a handler over ours, which passes signals on to ours
  Starts,          \* how often a trace is started
  Deliveries,      \* how often the signal comes
  Published,       \* "whole": the record changes in one store; "in place": word by word
  Meddles,         \* the disposition is changed even while a trace is being started or stopped
  PreviousReturns, \* the program's own handler returns
  HandlerLocks,    \* our handler takes the lock
  LeftOut          \* protective steps that are missing

ASSUME /\ Dispositions # {} /\ Dispositions \subseteq {"default", "ignore", "handler"}
       /\ {Starts, Deliveries} \subseteq Nat
       /\ Published \in {"whole", "in place"}
       /\ {PutsOver, Meddles, PreviousReturns, HandlerLocks} \subseteq BOOLEAN
       /\ LeftOut \subseteq {"ignore test", "re-raise", "record first", "start test", "restore",
                             "flag falls first"}

Nobody == "nobody"

VARIABLES
  disposition, \* what the kernel does with the signal: one of the program's, "ours", or "over" ours
  own,         \* what the program wants done with the signal in the end
  dying,       \* a handler has put the default in, for the process to die by
  over,        \* the program has put a handler over ours
  displaced,   \* the program has put something in the place of ours
  record,      \* what the handler passes signals on to; "none" at first, "torn" while half written
  installed,   \* our handler has been put in and not been taken out by us
  tracing,     \* a trace runs
  starts,      \* starts left
  deliveries,  \* deliveries left
  lock,        \* who holds the lock
  base,        \* per thread: what it does, apart from handlers
  frames,      \* per thread: the handler's frames, the running one first
  flag,        \* the flag
  unlogged,    \* an interrupt has been flagged, and none logged since
  fate         \* of the process: "alive", "ended" by the signal's default, or "crashed"

kernel == <<disposition, own, dying, over, displaced>>
trace == <<record, installed, tracing, starts>>
interrupt == <<flag, unlogged>>
vars == <<kernel, trace, deliveries, lock, base, frames, interrupt, fate>>

Works == {"idle", "recording", "record", "record rest", "install", "restore", "put back", "log", "clear"}
NewFrame == [at |-> "entered", found |-> "none", did |-> "nothing",
             owes |-> {own} \cup IF dying THEN {"default"} ELSE {}]

Init ==
  /\ own \in Dispositions
  /\ disposition = own
  /\ dying = FALSE
  /\ over = FALSE
  /\ displaced = FALSE
  /\ record = "none"
  /\ installed = FALSE
  /\ tracing = FALSE
  /\ starts = Starts
  /\ deliveries = Deliveries
  /\ lock = Nobody
  /\ base = [t \in Threads |-> "idle"]
  /\ frames = [t \in Threads |-> <<>>]
  /\ flag = FALSE
  /\ unlogged = FALSE
  /\ fate = "alive"

-----------------------------------------------------------------------------
(* Parts of steps *)

(* A thread goes on with its own work only when no handler stands on it. *)
At(t, work) == fate = "alive" /\ frames[t] = <<>> /\ base[t] = work
GoTo(t, work) == base' = [base EXCEPT ![t] = work]

InHandler(t, place) == fate = "alive" /\ frames[t] # <<>> /\ Head(frames[t]).at = place
Top(t) == Head(frames[t])
Replace(t, frame) == frames' = [frames EXCEPT ![t] = <<frame>> \o Tail(@)]

(* A handler that is on its way when what is wanted changes may honour either. *)
Owing(d) == [u \in Threads |-> [i \in 1..Len(frames[u]) |-> [frames[u][i] EXCEPT !.owes = @ \cup {d}]]]

IsFunction(d) == d \in {"handler", "over", "ours"}
Changing == \E t \in Threads : base[t] \in {"record", "record rest", "install", "restore", "put back"}

-----------------------------------------------------------------------------
(* The program: work under the lock, and the disposition it wants *)

Record(t) ==
  /\ At(t, "idle")
  /\ lock = Nobody
  /\ lock' = t
  /\ GoTo(t, "recording")
  /\ UNCHANGED <<kernel, trace, deliveries, frames, interrupt, fate>>

EndRecord(t) ==
  /\ At(t, "recording")
  /\ lock' = Nobody
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<kernel, trace, deliveries, frames, interrupt, fate>>

ChangeDisposition(t, d) ==
  /\ At(t, "idle")
  /\ Changing => Meddles
  /\ d # own \/ over
  /\ disposition' = d
  /\ own' = d
  /\ over' = FALSE
  /\ displaced' = (displaced \/ tracing \/ over)
  /\ frames' = Owing(d)
  /\ UNCHANGED <<dying, trace, deliveries, lock, base, interrupt, fate>>

PutOver(t) ==
  /\ At(t, "idle")
  /\ PutsOver
  /\ Changing => Meddles
  /\ disposition = "ours"
  /\ disposition' = "over"
  /\ over' = TRUE
  /\ UNCHANGED <<own, dying, displaced, trace, deliveries, lock, base, frames, interrupt, fate>>

-----------------------------------------------------------------------------
(* Starting and stopping a trace, under the lock *)

(* Ours is put in unless it is in already, or may be below what is in: then
   it would pass signals on to itself. *)
StartTrace(t) ==
  /\ At(t, "idle")
  /\ starts > 0
  /\ lock = Nobody
  /\ starts' = starts - 1
  /\ IF "start test" \notin LeftOut /\ (disposition = "ours" \/ (installed /\ IsFunction(disposition)))
     THEN tracing' = TRUE /\ UNCHANGED <<lock, base>>
     ELSE /\ lock' = t
          /\ GoTo(t, IF "record first" \in LeftOut THEN "install" ELSE "record")
          /\ UNCHANGED tracing
  /\ UNCHANGED <<kernel, record, installed, deliveries, frames, interrupt, fate>>

(* Before our handler can be called it must know what it replaces. *)
WriteRecord(t) ==
  /\ At(t, "record")
  /\ IF Published = "in place" /\ record # disposition
     THEN record' = "torn" /\ GoTo(t, "record rest") /\ UNCHANGED <<lock, tracing>>
     ELSE /\ record' = disposition
          /\ IF "record first" \in LeftOut
             THEN GoTo(t, "idle") /\ lock' = Nobody /\ tracing' = TRUE
             ELSE GoTo(t, "install") /\ UNCHANGED <<lock, tracing>>
  /\ UNCHANGED <<kernel, installed, starts, deliveries, frames, interrupt, fate>>

WriteRest(t) ==
  /\ At(t, "record rest")
  /\ record' = disposition
  /\ GoTo(t, "install")
  /\ UNCHANGED <<kernel, installed, tracing, starts, deliveries, lock, frames, interrupt, fate>>

Install(t) ==
  /\ At(t, "install")
  /\ disposition' = "ours"
  /\ displaced' = FALSE
  /\ installed' = TRUE
  /\ tracing' = TRUE
  /\ lock' = Nobody
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<own, dying, over, record, starts, deliveries, frames, interrupt, fate>>

StopTrace(t) ==
  /\ At(t, "idle")
  /\ tracing
  /\ lock = Nobody
  /\ lock' = t
  /\ GoTo(t, "restore")
  /\ UNCHANGED <<kernel, trace, deliveries, frames, interrupt, fate>>

(* What the program has put in the place of ours, or over it, stays.  The
   record is left as it is: a handler may still be on its way. *)
Restore(t) ==
  /\ At(t, "restore")
  /\ IF disposition = "ours"
     THEN GoTo(t, "put back") /\ UNCHANGED lock
     ELSE GoTo(t, "idle") /\ lock' = Nobody
  /\ tracing' = FALSE
  /\ UNCHANGED <<kernel, record, installed, starts, deliveries, frames, interrupt, fate>>

PutBack(t) ==
  /\ At(t, "put back")
  /\ disposition' = IF "restore" \in LeftOut THEN disposition ELSE record
  /\ installed' = FALSE
  /\ lock' = Nobody
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<own, dying, over, displaced, record, tracing, starts, deliveries, frames, interrupt, fate>>

-----------------------------------------------------------------------------
(* Looking for an interrupt: the flag falls, then the log is written under
   the lock, so that an interrupt meanwhile is the next one's *)

TakeInterrupt(t) ==
  /\ At(t, "idle")
  /\ flag
  /\ flag' = IF "flag falls first" \in LeftOut THEN flag ELSE FALSE
  /\ GoTo(t, "log")
  /\ UNCHANGED <<kernel, trace, deliveries, lock, frames, unlogged, fate>>

Log(t) ==
  /\ At(t, "log")
  /\ lock = Nobody
  /\ unlogged' = FALSE
  /\ GoTo(t, IF "flag falls first" \in LeftOut THEN "clear" ELSE "idle")
  /\ UNCHANGED <<kernel, trace, deliveries, lock, frames, flag, fate>>

ClearLate(t) ==
  /\ At(t, "clear")
  /\ flag' = FALSE
  /\ GoTo(t, "idle")
  /\ UNCHANGED <<kernel, trace, deliveries, lock, frames, unlogged, fate>>

-----------------------------------------------------------------------------
(* The signal *)

(* The kernel blocks the signal in a thread while its handler runs there. *)
Deliver(t) ==
  /\ fate = "alive"
  /\ deliveries > 0
  /\ disposition \in {"ours", "over"}
  /\ frames[t] = <<>>
  /\ deliveries' = deliveries - 1
  /\ frames' = [frames EXCEPT ![t] = <<NewFrame>> \o @]
  /\ UNCHANGED <<kernel, trace, lock, base, interrupt, fate>>

LockInHandler(t) ==
  /\ InHandler(t, "entered")
  /\ HandlerLocks
  /\ lock = Nobody
  /\ lock' = t
  /\ Replace(t, [Top(t) EXCEPT !.at = "locked"])
  /\ UNCHANGED <<kernel, trace, deliveries, base, interrupt, fate>>

SetFlag(t) ==
  /\ InHandler(t, IF HandlerLocks THEN "locked" ELSE "entered")
  /\ flag' = TRUE
  /\ unlogged' = TRUE
  /\ lock' = IF HandlerLocks THEN Nobody ELSE lock
  /\ Replace(t, [Top(t) EXCEPT !.at = "flagged"])
  /\ UNCHANGED <<kernel, trace, deliveries, base, fate>>

ReadRecord(t) ==
  /\ InHandler(t, "flagged")
  /\ Replace(t, [Top(t) EXCEPT !.at = "read", !.found = record])
  /\ UNCHANGED <<kernel, trace, deliveries, lock, base, interrupt, fate>>

Done(t, did) ==
  /\ Replace(t, [Top(t) EXCEPT !.at = "passed on", !.did = did])
  /\ UNCHANGED <<kernel, fate>>

Crash == fate' = "crashed" /\ UNCHANGED <<kernel, frames>>

(* The process is to die by the signal, as it would have: put the default in,
   and raise.  The signal is blocked here, so it comes when the handler
   returns.  From here on every signal may have the default's effect. *)
DieByDefault(t) ==
  /\ disposition' = "default"
  /\ dying' = TRUE
  /\ frames' = [Owing("default") EXCEPT ![t] =
       <<[Top(t) EXCEPT !.at = "passed on", !.did = "raised"]>> \o Tail(@)]
  /\ UNCHANGED <<own, over, displaced, fate>>

(* SIG_IGN and SIG_DFL are no functions. *)
PassOn(t) ==
  /\ InHandler(t, "read")
  /\ CASE Top(t).found = "ignore" ->
            IF "ignore test" \in LeftOut THEN Crash ELSE Done(t, "nothing")
       [] Top(t).found = "default" ->
            IF "re-raise" \in LeftOut THEN Done(t, "nothing") ELSE DieByDefault(t)
       [] Top(t).found = "handler" ->
            IF PreviousReturns THEN Done(t, "called")
            ELSE Replace(t, [Top(t) EXCEPT !.at = "in previous"]) /\ UNCHANGED <<kernel, fate>>
       [] Top(t).found \in {"ours", "over"} ->
            Replace(t, [Top(t) EXCEPT !.at = "entered"]) /\ UNCHANGED <<kernel, fate>>
       [] Top(t).found \in {"none", "torn"} -> Crash
  /\ UNCHANGED <<trace, deliveries, lock, base, interrupt>>

PopFrame(t) == frames' = [frames EXCEPT ![t] = Tail(@)]

(* What has been raised is delivered now. *)
Return(t) ==
  /\ InHandler(t, "passed on")
  /\ IF Top(t).did # "raised" \/ disposition \in {"ignore", "handler"}
     THEN PopFrame(t) /\ UNCHANGED fate
     ELSE IF disposition = "default"
     THEN fate' = "ended" /\ UNCHANGED frames
     ELSE Replace(t, [NewFrame EXCEPT !.owes = @ \cup Top(t).owes]) /\ UNCHANGED fate
  /\ UNCHANGED <<kernel, trace, deliveries, lock, base, interrupt>>

-----------------------------------------------------------------------------

ProcessEnded ==
  /\ fate # "alive"
  /\ UNCHANGED vars

Next ==
  \/ \E t \in Threads : Deliver(t)
  \/ \E t \in Threads : LockInHandler(t)
  \/ \E t \in Threads : SetFlag(t)
  \/ \E t \in Threads : ReadRecord(t)
  \/ \E t \in Threads : PassOn(t)
  \/ \E t \in Threads : Return(t)
  \/ \E t \in Threads : Record(t)
  \/ \E t \in Threads : EndRecord(t)
  \/ \E t \in Threads, d \in Dispositions : ChangeDisposition(t, d)
  \/ \E t \in Threads : PutOver(t)
  \/ \E t \in Threads : StartTrace(t)
  \/ \E t \in Threads : WriteRecord(t)
  \/ \E t \in Threads : WriteRest(t)
  \/ \E t \in Threads : Install(t)
  \/ \E t \in Threads : StopTrace(t)
  \/ \E t \in Threads : Restore(t)
  \/ \E t \in Threads : PutBack(t)
  \/ \E t \in Threads : TakeInterrupt(t)
  \/ \E t \in Threads : Log(t)
  \/ \E t \in Threads : ClearLate(t)
  \/ ProcessEnded

(* Fairness: what has been begun goes on, a lock that is free again and again
   is got in the end, and a thread that can take an interrupt again and again
   does.  Nobody has to start or stop a trace. *)
GoOn(t) ==
  \/ EndRecord(t)
  \/ WriteRecord(t)
  \/ WriteRest(t)
  \/ Install(t)
  \/ Restore(t)
  \/ PutBack(t)
  \/ ClearLate(t)
  \/ SetFlag(t)
  \/ ReadRecord(t)
  \/ PassOn(t)
  \/ Return(t)
GetLock(t) == Log(t) \/ LockInHandler(t)

Behaviour == Init /\ [][Next]_vars /\ \A t \in Threads : WF_vars(GoOn(t))
LockIsFair == \A t \in Threads : SF_vars(GetLock(t))
EverybodyLooks == \A t \in Threads : SF_vars(TakeInterrupt(t))
Spec == Behaviour /\ LockIsFair /\ EverybodyLooks
SpecNobodyLooks == Behaviour /\ LockIsFair
SpecUnfairLock == Behaviour /\ EverybodyLooks /\ \A t \in Threads : WF_vars(GetLock(t))

-----------------------------------------------------------------------------
(* Claims *)

TypeOK ==
  /\ disposition \in {"default", "ignore", "handler", "ours", "over"}
  /\ own \in Dispositions
  /\ {dying, over, displaced, installed, tracing, flag, unlogged} \subseteq BOOLEAN
  /\ record \in {"none", "torn", "default", "ignore", "handler", "ours", "over"}
  /\ starts \in 0..Starts
  /\ deliveries \in 0..Deliveries
  /\ lock \in Threads \cup {Nobody}
  /\ base \in [Threads -> Works]
  /\ \A t \in Threads : Len(frames[t]) <= Deliveries
  /\ fate \in {"alive", "ended", "crashed"}

NoSelfDeadlock ==
  \A t \in Threads : ~(HandlerLocks /\ InHandler(t, "entered") /\ lock = t)

NoHandlerCrash == fate # "crashed"

Due(d) == CASE d = "ignore" -> "nothing" [] d = "handler" -> "called" [] d = "default" -> "raised"
PreviousHonoured ==
  \A t \in Threads : \A i \in 1..Len(frames[t]) :
    frames[t][i].at = "passed on" => \E d \in frames[t][i].owes : frames[t][i].did = Due(d)

PreviousRestored ==
  ~Changing /\ ~dying =>
    /\ ~tracing => disposition = (IF over THEN "over" ELSE own)
    /\ tracing /\ ~displaced => disposition = (IF over THEN "over" ELSE "ours")

HandlerReturns == \A t \in Threads : frames[t] # <<>> ~> frames[t] = <<>> \/ fate # "alive"

NothingLost == unlogged ~> ~unlogged \/ fate # "alive"

=============================================================================
