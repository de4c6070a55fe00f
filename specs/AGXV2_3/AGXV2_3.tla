------------------------------- MODULE AGXV2_3 -------------------------------
(***************************************************************************)
(* The userspace fix: a library that makes the encoders of a Metal command  *)
(* buffer usable by several threads, with hooks on the driver's methods, a  *)
(* recursive guard, references of its own and a table of what it holds.     *)
(*                                                                          *)
(* A thread calls the application's methods one after another: work and end *)
(* on an encoder, factory, commit and dealloc on a command buffer.  Each is *)
(* a sequence of steps: some are the fix's, the others the driver's, and    *)
(* what the driver does inside (deferredEndEncoding, destroyImpl, dealloc   *)
(* of an encoder) is a subroutine with its own hook.                        *)
(*                                                                          *)
(* No step asks whether an object still exists in order to avoid it.  A     *)
(* step that reads a freed object, or uses an impl that is NULL or was      *)
(* destroyed since it was loaded, ends the process, and that is a state.    *)
(* What callers are trusted with is in Shared, Callers, Assumed and Calls.  *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
  Threads,      \* the application's threads
  Encoders,     \* addresses at which an encoder can live, used again after dealloc
  Protocol,     \* "v2.1", "v2.2", "v2.3", "v2.4" or "resident"
  ReleaseAt,    \* the fix lets go at "end", "commit", "completion", "dealloc" or "never"
  Shared,       \* all threads use one command buffer; else each has its own
  Callers,      \* until when callers may have calls that have not returned (see Limits)
  Assumed,      \* further assumptions in force: ids of the ledger
  Calls,        \* calls on encoders and factories, of all threads; 0: they never stop
  BufferEnds,   \* a buffer's dealloc ends the encoder it holds, and not only releases it
  LeftOut       \* steps of the protocol that are missing

Limits == {"before end", "before commit", "before completion", "before dealloc",
           "reference or before dealloc", "own reference", "anything"}

ASSUME /\ Protocol \in {"v2.1", "v2.2", "v2.3", "v2.4", "resident"}
       /\ ReleaseAt \in {"end", "commit", "completion", "dealloc", "never"}
       /\ Protocol # "resident" => ReleaseAt = "end"
       /\ {Shared, BufferEnds} \subseteq BOOLEAN
       /\ Callers \in Limits
       /\ Assumed \subseteq {"A-SERIAL", "A-COMMIT", "A-HOOKED", "A-NULLDESTROY"}
       /\ Calls \in Nat
       /\ LeftOut \subseteq {"factory guard", "tracked test"}

None == "none"
ThreadsAlike == Permutations(Threads)
AllAlike == Permutations(Threads) \cup Permutations(Encoders)

Buffers == IF Shared THEN {"shared"} ELSE Threads
Untracked == [e \in Encoders |-> None]
Buf(t) == IF Shared THEN "shared" ELSE t

Resident == Protocol = "resident"
GuardsMethods == Protocol # "v2.2"
GuardsFactory == Resident /\ "factory guard" \notin LeftOut

VARIABLES
  pc,         \* per thread: its next step
  stack,      \* per thread: where the subroutines that it is in return to
  method,     \* per thread: what the application called
  left,       \* calls that the application will still make
  obj,        \* per thread: the encoder that its call is about
  holds,      \* threads whose call has a reference of its own on that encoder
  loaded,     \* per thread: the impl between load and use
  snapshot,   \* per thread: the table as read, before it is written back
  pending,    \* per thread: encoders that the fix has untracked and not yet released
  perCall,    \* threads for whose call the fix has a reference (v2.4)
  guard,      \* the fix's recursive lock
  table,      \* per encoder address: the buffer with which the fix tracks it
  refs,       \* per encoder: references of application, command buffer and fix
  life,       \* per encoder: "free", "live" or "dying"
  impl,       \* per encoder: it has an impl
  ended,      \* per encoder: its encoding has ended
  buffer,     \* per command buffer: where it is in its life
  previous,   \* per command buffer: the encoder it made last, on which it has a reference
  cached,     \* per command buffer: the pointer that the application keeps
  dangling,   \* pointers whose object is gone, although the address may be in use again
  crashed     \* what ended the process, or "no"

place == <<pc, stack>>
call == <<method, left, holds>>
driver == <<life, impl, ended, buffer, previous>>
books == <<table, snapshot, pending, perCall>>
vars == <<pc, stack, method, left, obj, holds, loaded, snapshot, pending, perCall,
          guard, table, refs, life, impl, ended, buffer, previous, cached, dangling,
          crashed>>

-----------------------------------------------------------------------------
(* Steps of a thread *)

At(t, label) == crashed = "no" /\ pc[t] = label
Goto(t, label) == pc' = [pc EXCEPT ![t] = label] /\ UNCHANGED stack
Enter(t, label, back) == /\ pc' = [pc EXCEPT ![t] = label]
                         /\ stack' = [stack EXCEPT ![t] = back \o @]
Leave(t) == /\ pc' = [pc EXCEPT ![t] = Head(stack[t])]
            /\ stack' = [stack EXCEPT ![t] = Tail(@)]
Labels(t) == {pc[t]} \cup {stack[t][i] : i \in 1 .. Len(stack[t])}

Crash(how) ==
  /\ crashed' = how
  /\ UNCHANGED <<place, call, obj, loaded, books, guard, refs, driver, cached, dangling>>

\* A step that reads the thread's encoder.
Reads(t, step) ==
  IF <<"obj", t>> \in dangling THEN Crash("freed object") ELSE step /\ UNCHANGED crashed

\* A recursive mutex; unlocking what one does not own has no effect.
Lock(t) == /\ guard.owner \in {None, t}
           /\ guard' = [owner |-> t, depth |-> guard.depth + 1]
Unlock(t) ==
  guard' = IF guard.owner # t THEN guard
           ELSE IF guard.depth = 1 THEN [owner |-> None, depth |-> 0]
           ELSE [guard EXCEPT !.depth = @ - 1]

\* Pointers are copied with what is known of them.
Moved(from, to) == IF from \in dangling THEN dangling \cup {to} ELSE dangling \ {to}

Count(r) == r.app + r.buffer + r.fix
Retained(e, who) == [refs EXCEPT ![e][who] = @ + 1]

\* A release; the last one deallocates the encoder, which sends it destroyImpl first.
Release(t, e, who, next) ==
  LET after == [refs EXCEPT ![e][who] = @ - 1]
  IN /\ refs' = after
     /\ IF Count(after[e]) = 0 /\ life[e] = "live"
        THEN /\ life' = [life EXCEPT ![e] = "dying"]
             /\ Enter(t, "destroy", <<"free", next>>)
        ELSE Goto(t, next) /\ UNCHANGED life

-----------------------------------------------------------------------------
(* What callers are trusted with *)

Busy(b, methods) == \E t \in Threads : Buf(t) = b /\ method[t] \in methods
OnEncoder == {"work", "end"}
InCall == {"work", "end", "factory"}
Quiet(t) == \A u \in Threads \ {t} : Buf(u) = Buf(t) => method[u] \notin InCall

\* A call without a reference of its own may still be sent.
MaySend(b) ==
  CASE Callers = "anything" -> TRUE
    [] Callers = "before end" -> buffer[b] = "open" /\ ~Busy(b, {"commit", "end"})
    [] Callers = "before commit" -> buffer[b] = "open" /\ ~Busy(b, {"commit"})
    [] Callers = "before completion" -> buffer[b] \in {"open", "committed"}
    [] Callers \in {"before dealloc", "reference or before dealloc"} ->
         buffer[b] \in {"open", "committed", "completed"}
    [] Callers = "own reference" -> FALSE

\* The buffer may pass the named point now.
MayPass(t, point) ==
  CASE Callers = "before end" -> Quiet(t)
    [] Callers = "before commit" -> point # "end" => Quiet(t)
    [] Callers = "before completion" -> point \in {"completion", "dealloc"} => Quiet(t)
    [] Callers = "before dealloc" -> point = "dealloc" => Quiet(t)
    [] Callers = "reference or before dealloc" ->
         point = "dealloc" =>
           \A u \in Threads \ {t} : Buf(u) = Buf(t) /\ method[u] \in InCall => u \in holds
    [] Callers \in {"own reference", "anything"} -> TRUE

Serial(b) == "A-SERIAL" \in Assumed => ~Busy(b, {"factory", "commit"})

\* A caller takes its reference while the encoder is live, or takes none.
TakesReference == CASE Callers = "own reference" -> {TRUE}
                    [] Callers = "reference or before dealloc" -> BOOLEAN
                    [] OTHER -> {FALSE}

MayCall(t) == At(t, "idle") /\ (Calls = 0 \/ left > 0)
Spends == left' = IF Calls = 0 THEN left ELSE left - 1

Sends(t, m) ==
  LET b == Buf(t)
      e == cached[b]
  IN /\ MayCall(t)
     /\ e # None
     /\ \E takes \in TakesReference :
          IF takes
          THEN /\ <<"cached", b>> \notin dangling
               /\ life[e] = "live"
               /\ holds' = holds \cup {t}
               /\ refs' = Retained(e, "app")
          ELSE MaySend(b) /\ UNCHANGED <<holds, refs>>
     /\ Spends
     /\ method' = [method EXCEPT ![t] = m]
     /\ obj' = [obj EXCEPT ![t] = e]
     /\ dangling' = Moved(<<"cached", b>>, <<"obj", t>>)
     /\ Goto(t, "sent")
     /\ UNCHANGED <<loaded, books, guard, driver, crashed>>

CallWork(t) == Sends(t, "work") /\ UNCHANGED cached

CallEnd(t) ==
  /\ MayPass(t, "end")
  /\ Sends(t, "end")
  /\ cached' = IF Callers = "before end" THEN [cached EXCEPT ![Buf(t)] = None] ELSE cached

\* The application makes a command buffer when it has none, and asks it for an encoder.
CallFactory(t) ==
  LET b == Buf(t)
  IN /\ MayCall(t)
     /\ buffer[b] \in {"gone", "open"}
     /\ Serial(b)
     /\ buffer' = [buffer EXCEPT ![b] = "open"]
     /\ Spends
     /\ method' = [method EXCEPT ![t] = "factory"]
     /\ Goto(t, IF GuardsFactory THEN "factory.lock" ELSE "factory.load")
     /\ UNCHANGED <<holds, obj, loaded, books, guard, refs, life, impl, ended, previous,
                    cached, dangling, crashed>>

CallCommit(t) ==
  LET b == Buf(t)
  IN /\ At(t, "idle")
     /\ buffer[b] = "open"
     /\ Serial(b)
     /\ MayPass(t, "commit")
     /\ method' = [method EXCEPT ![t] = "commit"]
     /\ cached' = IF Callers = "before end" THEN [cached EXCEPT ![b] = None] ELSE cached
     /\ Goto(t, IF Resident THEN "commit.lock" ELSE "commit.load")
     /\ UNCHANGED <<left, holds, obj, loaded, books, guard, refs, driver, dangling, crashed>>

\* The GPU is done with the buffer; a completion handler runs on some thread.
CallCompletion(t) ==
  LET b == Buf(t)
  IN /\ At(t, "idle")
     /\ buffer[b] = "committed"
     /\ MayPass(t, "completion")
     /\ buffer' = [buffer EXCEPT ![b] = "completed"]
     /\ IF ReleaseAt = "completion"
        THEN /\ method' = [method EXCEPT ![t] = "completion"]
             /\ Goto(t, "untrack.lock")
        ELSE UNCHANGED <<method, place>>
     /\ UNCHANGED <<left, holds, obj, loaded, books, guard, refs, life, impl, ended,
                    previous, cached, dangling, crashed>>

\* The last reference on the buffer goes, also on one that was never committed; a call on
\* a buffer has a reference on it, and so has a commit until its completion.
CallDealloc(t) ==
  LET b == Buf(t)
  IN /\ At(t, "idle")
     /\ buffer[b] \in (IF "A-COMMIT" \in Assumed THEN {"completed"} ELSE {"open", "completed"})
     /\ ~Busy(b, {"factory", "commit", "completion"})
     /\ MayPass(t, "dealloc")
     /\ buffer' = [buffer EXCEPT ![b] = "dying"]
     /\ method' = [method EXCEPT ![t] = "dealloc"]
     /\ cached' = IF Callers = "anything" THEN cached ELSE [cached EXCEPT ![b] = None]
     /\ Goto(t, IF Resident /\ ReleaseAt = "dealloc" THEN "untrack.lock" ELSE "drop.load")
     /\ UNCHANGED <<left, holds, obj, loaded, books, guard, refs, life, impl, ended,
                    previous, dangling, crashed>>

\* The call is over; a caller with a reference of its own gives it back.
Return(t) ==
  /\ At(t, "return")
  /\ IF t \in holds
     THEN Reads(t, /\ Release(t, obj[t], "app", "return")
                   /\ holds' = holds \ {t}
                   /\ UNCHANGED <<method, obj, dangling>>)
     ELSE /\ Goto(t, "idle")
          /\ method' = [method EXCEPT ![t] = None]
          /\ obj' = [obj EXCEPT ![t] = None]
          /\ dangling' = dangling \ {<<"obj", t>>}
          /\ UNCHANGED <<holds, refs, life, crashed>>
  /\ UNCHANGED <<left, loaded, books, guard, impl, ended, buffer, previous, cached>>

-----------------------------------------------------------------------------
(* A message to an encoder: work and endEncoding *)

\* The runtime reads the object to find the method.  No hook runs before that.
Dispatch(t) ==
  /\ At(t, "sent")
  /\ Reads(t, \E label \in (IF "A-HOOKED" \in Assumed THEN {} ELSE {"body.load"})
                           \cup {IF GuardsMethods THEN "hook.lock" ELSE "hook.check"} :
                Goto(t, label))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling>>

HookLock(t) ==
  /\ At(t, "hook.lock")
  /\ Lock(t)
  /\ Goto(t, CASE Protocol = "v2.1" -> "hook.track"
               [] Protocol = "v2.4" -> "hook.retain"
               [] OTHER -> "hook.check")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

\* v2.1 takes its reference here, at the first call that it sees.
HookTrack(t) ==
  /\ At(t, "hook.track")
  /\ IF table[obj[t]] # None
     THEN Goto(t, "hook.check") /\ UNCHANGED <<table, refs, dangling, crashed>>
     ELSE Reads(t, /\ table' = [table EXCEPT ![obj[t]] = Buf(t)]
                   /\ refs' = Retained(obj[t], "fix")
                   /\ dangling' = dangling \ {<<"entry", obj[t]>>}
                   /\ Goto(t, "hook.check"))
  /\ UNCHANGED <<call, obj, loaded, snapshot, pending, perCall, guard, driver, cached>>

\* v2.4 takes one reference more for the length of the call.
HookRetain(t) ==
  /\ At(t, "hook.retain")
  /\ Reads(t, /\ refs' = Retained(obj[t], "fix")
              /\ perCall' = perCall \cup {t}
              /\ Goto(t, "hook.check"))
  /\ UNCHANGED <<call, obj, loaded, table, snapshot, pending, guard, driver, cached, dangling>>

\* A call on an encoder without impl is skipped and counted.
HookCheck(t) ==
  /\ At(t, "hook.check")
  /\ Reads(t, Goto(t, IF impl[obj[t]] THEN "body.load" ELSE "hook.after"))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling>>

BodyLoad(t) ==
  /\ At(t, "body.load")
  /\ Reads(t, /\ loaded' = [loaded EXCEPT ![t] = IF impl[obj[t]] THEN "live" ELSE "null"]
              /\ Goto(t, "body.use"))
  /\ UNCHANGED <<call, obj, books, guard, refs, driver, cached, dangling>>

\* Using what was loaded, then going on with step.
Uses(t, step) ==
  CASE loaded[t] = "null" -> Crash("null impl")
    [] loaded[t] = "stale" -> Crash("stale impl")
    [] OTHER -> /\ loaded' = [loaded EXCEPT ![t] = "no"]
                /\ step
                /\ UNCHANGED crashed

BodyUse(t) ==
  /\ At(t, "body.use")
  /\ Uses(t, Goto(t, IF method[t] = "end" THEN "end.mark" ELSE "hook.after"))
  /\ UNCHANGED <<call, obj, books, guard, refs, driver, cached, dangling>>

\* A first end may leave the impl, so that the factory can return the encoder again.
EndMark(t) ==
  /\ At(t, "end.mark")
  /\ Reads(t, /\ ended' = [ended EXCEPT ![obj[t]] = TRUE]
              /\ \/ ~ended[obj[t]] /\ Goto(t, "hook.after")
                 \/ Enter(t, "destroy", <<"hook.after">>))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, life, impl, buffer, previous,
                 cached, dangling>>

\* The original has returned.  Only an end that releases has more to do.
HookAfter(t) ==
  /\ At(t, "hook.after")
  /\ IF method[t] = "end" /\ ReleaseAt = "end"
     THEN Enter(t, "forget", <<"hook.drop">>)
     ELSE Goto(t, "hook.drop")
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling, crashed>>

HookDrop(t) ==
  /\ At(t, "hook.drop")
  /\ IF t \in perCall
     THEN Reads(t, /\ perCall' = perCall \ {t}
                   /\ Release(t, obj[t], "fix", "hook.unlock"))
     ELSE Goto(t, "hook.unlock") /\ UNCHANGED <<perCall, refs, life, crashed>>
  /\ UNCHANGED <<call, obj, loaded, table, snapshot, pending, guard, impl, ended, buffer,
                 previous, cached, dangling>>

HookUnlock(t) ==
  /\ At(t, "hook.unlock")
  /\ Unlock(t)
  /\ Goto(t, "return")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

-----------------------------------------------------------------------------
(* Subroutines: forgetting an encoder, deferredEndEncoding, destroyImpl, dealloc *)

\* v2.x untrack and release one encoder; v2.2 guards only its table.
Forget(t) ==
  LET e == obj[t]
  IN /\ At(t, "forget")
     /\ guard.owner \in {None, t}
     /\ IF table[e] = None
        THEN Leave(t) /\ UNCHANGED <<table, pending, dangling>>
        ELSE /\ table' = [table EXCEPT ![e] = None]
             /\ pending' = [pending EXCEPT ![t] = @ \cup {e}]
             /\ dangling' = Moved(<<"entry", e>>, <<"pending", e>>) \ {<<"entry", e>>}
             /\ Goto(t, "forget.release")
     /\ UNCHANGED <<call, obj, loaded, snapshot, perCall, guard, refs, driver, cached, crashed>>

ForgetRelease(t) ==
  /\ At(t, "forget.release")
  /\ IF <<"pending", obj[t]>> \in dangling
     THEN Crash("freed object")
     ELSE /\ pending' = [pending EXCEPT ![t] = @ \ {obj[t]}]
          /\ Release(t, obj[t], "fix", "leave")
          /\ UNCHANGED <<call, obj, loaded, table, snapshot, perCall, guard, impl, ended,
                         buffer, previous, cached, dangling, crashed>>

LeaveForget(t) ==
  /\ At(t, "leave")
  /\ Leave(t)
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling, crashed>>

\* The driver ends the encoder on its own; this goes straight on to destroyImpl.
Deferred(t) ==
  /\ At(t, "deferred")
  /\ Reads(t, /\ ended' = [ended EXCEPT ![obj[t]] = TRUE]
              /\ Goto(t, "destroy"))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, life, impl, buffer, previous,
                 cached, dangling>>

\* destroyImpl is a message too, and the object is read before its hook runs.
Destroy(t) ==
  /\ At(t, "destroy")
  /\ Reads(t, IF GuardsMethods THEN Goto(t, "destroy.lock")
              ELSE Enter(t, "forget", <<"destroy.load">>))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling>>

\* v2.x let go here too, and before the original runs.
DestroyLock(t) ==
  /\ At(t, "destroy.lock")
  /\ Lock(t)
  /\ IF Resident THEN Goto(t, "destroy.load") ELSE Enter(t, "forget", <<"destroy.load">>)
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

DestroyLoad(t) ==
  /\ At(t, "destroy.load")
  /\ Reads(t, IF ~impl[obj[t]] /\ "A-NULLDESTROY" \in Assumed
              THEN Goto(t, "destroy.unlock") /\ UNCHANGED loaded
              ELSE /\ loaded' = [loaded EXCEPT ![t] = IF impl[obj[t]] THEN "live" ELSE "null"]
                   /\ Goto(t, "destroy.use"))
  /\ UNCHANGED <<call, obj, books, guard, refs, driver, cached, dangling>>

\* Whoever has loaded this impl and not yet used it holds a stale one from here on.
DestroyUse(t) ==
  /\ At(t, "destroy.use")
  /\ CASE <<"obj", t>> \in dangling -> Crash("freed object")
       [] loaded[t] = "null" -> Crash("null impl")
       [] loaded[t] = "stale" -> Crash("stale impl")
       [] OTHER ->
            /\ impl' = [impl EXCEPT ![obj[t]] = FALSE]
            /\ loaded' = [u \in Threads |->
                            IF u = t THEN "no"
                            ELSE IF loaded[u] = "live" /\ obj[u] = obj[t] THEN "stale"
                            ELSE loaded[u]]
            /\ Goto(t, "destroy.unlock")
            /\ UNCHANGED <<call, obj, books, guard, refs, life, ended, buffer, previous,
                           cached, dangling, crashed>>

DestroyUnlock(t) ==
  /\ At(t, "destroy.unlock")
  /\ IF GuardsMethods THEN Unlock(t) ELSE UNCHANGED guard
  /\ Leave(t)
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

\* The end of dealloc: the address is free, and every pointer to the object dangles.
Free(t) ==
  LET e == obj[t]
  IN /\ At(t, "free")
     /\ life' = [life EXCEPT ![e] = "free"]
     /\ impl' = [impl EXCEPT ![e] = FALSE]
     /\ ended' = [ended EXCEPT ![e] = FALSE]
     /\ refs' = [refs EXCEPT ![e] = [app |-> 0, buffer |-> 0, fix |-> 0]]
     /\ dangling' = dangling
                    \cup {<<"obj", u>> : u \in {u \in Threads : obj[u] = e}}
                    \cup {<<"cached", b>> : b \in {b \in Buffers : cached[b] = e}}
                    \cup {<<"previous", b>> : b \in {b \in Buffers : previous[b] = e}}
                    \cup {<<"entry", x>> : x \in {x \in {e} : table[x] # None}}
                    \cup {<<"pending", x>> : x \in {x \in {e} : \E u \in Threads : x \in pending[u]}}
     /\ Leave(t)
     /\ UNCHANGED <<call, obj, loaded, books, guard, buffer, previous, cached, crashed>>

-----------------------------------------------------------------------------
(* The factory *)

FactoryLock(t) ==
  /\ At(t, "factory.lock")
  /\ Lock(t)
  /\ Goto(t, "factory.load")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

\* A buffer that was committed meanwhile returns no encoder.
FactoryLoad(t) ==
  LET b == Buf(t)
  IN /\ At(t, "factory.load")
     /\ IF buffer[b] = "open"
        THEN /\ obj' = [obj EXCEPT ![t] = previous[b]]
             /\ dangling' = Moved(<<"previous", b>>, <<"obj", t>>)
             /\ Goto(t, IF previous[b] = None THEN "factory.create" ELSE "factory.try")
        ELSE /\ Goto(t, "adopt")
             /\ UNCHANGED <<obj, dangling>>
     /\ UNCHANGED <<call, loaded, books, guard, refs, driver, cached, crashed>>

\* tryCoalescing: an ended encoder may be returned again; otherwise it is committed.
FactoryTry(t) ==
  /\ At(t, "factory.try")
  /\ Reads(t, \/ ended[obj[t]] /\ Goto(t, "reinit.load")
              \/ Enter(t, "deferred", <<"factory.release">>))
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling>>

ReinitLoad(t) ==
  /\ At(t, "reinit.load")
  /\ Reads(t, IF impl[obj[t]]
              THEN /\ loaded' = [loaded EXCEPT ![t] = IF impl[obj[t]] THEN "live" ELSE "null"]
                   /\ Goto(t, "reinit.use")
              ELSE /\ Enter(t, "deferred", <<"factory.release">>)
                   /\ UNCHANGED loaded)
  /\ UNCHANGED <<call, obj, books, guard, refs, driver, cached, dangling>>

\* The caller's own reference, where it has one, comes with the pointer.
Hands(t, e, counted) ==
  \E takes \in TakesReference :
    /\ holds' = IF takes THEN holds \cup {t} ELSE holds
    /\ refs' = IF takes THEN [counted EXCEPT ![e].app = @ + 1] ELSE counted

ReinitUse(t) ==
  /\ At(t, "reinit.use")
  /\ IF <<"obj", t>> \in dangling /\ loaded[t] = "live"
     THEN Crash("freed object")
     ELSE Uses(t, /\ ended' = [ended EXCEPT ![obj[t]] = FALSE]
                  /\ Hands(t, obj[t], refs)
                  /\ Goto(t, "adopt")
                  /\ UNCHANGED <<life, impl, buffer, previous>>)
  /\ UNCHANGED <<method, left, obj, books, guard, cached, dangling>>

FactoryRelease(t) ==
  /\ At(t, "factory.release")
  /\ Reads(t, Release(t, obj[t], "buffer", "factory.create"))
  /\ UNCHANGED <<call, obj, loaded, books, guard, impl, ended, buffer, previous, cached,
                 dangling>>

\* Without a free address there is no encoder.
FactoryCreate(t) ==
  LET b == Buf(t)
      isFree == {e \in Encoders : life[e] = "free"}
  IN /\ At(t, "factory.create")
     /\ dangling' = dangling \ {<<"previous", b>>, <<"obj", t>>}
     /\ IF isFree = {}
        THEN /\ previous' = [previous EXCEPT ![b] = None]
             /\ obj' = [obj EXCEPT ![t] = None]
             /\ UNCHANGED <<life, impl, ended, refs, holds>>
        ELSE \E e \in isFree :
               /\ previous' = [previous EXCEPT ![b] = e]
               /\ obj' = [obj EXCEPT ![t] = e]
               /\ life' = [life EXCEPT ![e] = "live"]
               /\ impl' = [impl EXCEPT ![e] = TRUE]
               /\ ended' = [ended EXCEPT ![e] = FALSE]
               /\ Hands(t, e, [refs EXCEPT ![e].buffer = 1])
     /\ Goto(t, "adopt")
     /\ UNCHANGED <<method, left, loaded, books, guard, buffer, cached, crashed>>

\* The original has returned.  v2.1 looks at encoders later; the others take one on under
\* the guard, which the resident protocol has held all the time.
Adopt(t) ==
  /\ At(t, "adopt")
  /\ Goto(t, CASE Protocol = "v2.1" -> "factory.unlock"
               [] GuardsFactory -> "adopt.test"
               [] OTHER -> "adopt.lock")
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling, crashed>>

AdoptLock(t) ==
  /\ At(t, "adopt.lock")
  /\ Lock(t)
  /\ Goto(t, "adopt.test")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

IsTracked(e) == table[e] # None /\ "tracked test" \notin LeftOut

\* Inserting reads the table and writes it back, which only the guard makes one.
AdoptTest(t) ==
  /\ At(t, "adopt.test")
  /\ IF obj[t] = None
     THEN Goto(t, "factory.unlock") /\ UNCHANGED snapshot
     ELSE IF IsTracked(obj[t])
     THEN Goto(t, "factory.unlock") /\ UNCHANGED snapshot
     ELSE /\ snapshot' = [snapshot EXCEPT ![t] = table]
          /\ Goto(t, "adopt.insert")
  /\ UNCHANGED <<call, obj, loaded, table, pending, perCall, guard, refs, driver, cached,
                 dangling, crashed>>

AdoptInsert(t) ==
  LET e == obj[t]
  IN /\ At(t, "adopt.insert")
     /\ IF <<"obj", t>> \in dangling
        THEN Crash("freed object")
        ELSE /\ table' = [snapshot[t] EXCEPT ![e] = Buf(t)]
             /\ refs' = Retained(e, "fix")
             /\ dangling' = dangling \ {<<"entry", e>>}
             /\ snapshot' = [snapshot EXCEPT ![t] = Untracked]
             /\ Goto(t, "factory.unlock")
             /\ UNCHANGED <<call, obj, loaded, pending, perCall, guard, driver, cached, crashed>>

FactoryUnlock(t) ==
  /\ At(t, "factory.unlock")
  /\ Unlock(t)
  /\ Goto(t, "factory.done")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

\* The application keeps what it was given.
FactoryDone(t) ==
  LET b == Buf(t)
  IN /\ At(t, "factory.done")
     /\ cached' = [cached EXCEPT ![b] = obj[t]]
     /\ dangling' = Moved(<<"obj", t>>, <<"cached", b>>)
     /\ Goto(t, "return")
     /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, crashed>>

-----------------------------------------------------------------------------
(* Commit *)

CommitLock(t) ==
  /\ At(t, "commit.lock")
  /\ Lock(t)
  /\ Goto(t, "commit.load")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

\* A second commit of one buffer does nothing.
CommitLoad(t) ==
  LET b == Buf(t)
  IN /\ At(t, "commit.load")
     /\ IF buffer[b] = "open"
        THEN /\ obj' = [obj EXCEPT ![t] = previous[b]]
             /\ dangling' = Moved(<<"previous", b>>, <<"obj", t>>)
             /\ IF previous[b] = None
                THEN Goto(t, "commit.mark")
                ELSE Enter(t, "deferred", <<"commit.release">>)
        ELSE /\ Goto(t, "commit.unlock")
             /\ UNCHANGED <<obj, dangling>>
     /\ UNCHANGED <<call, loaded, books, guard, refs, driver, cached, crashed>>

CommitRelease(t) ==
  /\ At(t, "commit.release")
  /\ Reads(t, Release(t, obj[t], "buffer", "commit.mark"))
  /\ UNCHANGED <<call, obj, loaded, books, guard, impl, ended, buffer, previous, cached,
                 dangling>>

CommitMark(t) ==
  LET b == Buf(t)
  IN /\ At(t, "commit.mark")
     /\ previous' = [previous EXCEPT ![b] = None]
     /\ buffer' = [buffer EXCEPT ![b] = "committed"]
     /\ dangling' = dangling \ {<<"previous", b>>}
     /\ Goto(t, IF ReleaseAt = "commit" THEN "untrack" ELSE "commit.unlock")
     /\ UNCHANGED <<call, obj, loaded, books, guard, refs, life, impl, ended, cached, crashed>>

CommitUnlock(t) ==
  /\ At(t, "commit.unlock")
  /\ Unlock(t)
  /\ Goto(t, "return")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

-----------------------------------------------------------------------------
(* The resident protocol lets go of a buffer's encoders: at one of the release points *)

UntrackLock(t) ==
  /\ At(t, "untrack.lock")
  /\ Lock(t)
  /\ Goto(t, "untrack")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

Untrack(t) ==
  LET mine == {e \in Encoders : table[e] = Buf(t)}
      stale == {e \in mine : <<"entry", e>> \in dangling}
  IN /\ At(t, "untrack")
     /\ table' = [e \in Encoders |-> IF e \in mine THEN None ELSE table[e]]
     /\ pending' = [pending EXCEPT ![t] = mine]
     /\ dangling' = (dangling \ {<<"entry", e>> : e \in stale}) \cup {<<"pending", e>> : e \in stale}
     /\ Goto(t, "untrack.unlock")
     /\ UNCHANGED <<call, obj, loaded, snapshot, perCall, guard, refs, driver, cached, crashed>>

UntrackUnlock(t) ==
  /\ At(t, "untrack.unlock")
  /\ Unlock(t)
  /\ Goto(t, "release")
  /\ UNCHANGED <<call, obj, loaded, books, refs, driver, cached, dangling, crashed>>

ReleaseEach(t) ==
  /\ At(t, "release")
  /\ pending[t] # {}
  /\ \E e \in pending[t] :
       IF <<"pending", e>> \in dangling
       THEN Crash("freed object")
       ELSE /\ pending' = [pending EXCEPT ![t] = @ \ {e}]
            /\ obj' = [obj EXCEPT ![t] = e]
            /\ dangling' = dangling \ {<<"obj", t>>}
            /\ Release(t, e, "fix", "release")
            /\ UNCHANGED <<call, loaded, table, snapshot, perCall, guard, impl, ended,
                           buffer, previous, cached, crashed>>

ReleasedAll(t) ==
  /\ At(t, "release")
  /\ pending[t] = {}
  /\ Goto(t, IF method[t] = "dealloc" THEN "drop.load" ELSE "return")
  /\ UNCHANGED <<call, obj, loaded, books, guard, refs, driver, cached, dangling, crashed>>

-----------------------------------------------------------------------------
(* The driver's dealloc of a command buffer *)

DropLoad(t) ==
  LET b == Buf(t)
  IN /\ At(t, "drop.load")
     /\ obj' = [obj EXCEPT ![t] = previous[b]]
     /\ dangling' = Moved(<<"previous", b>>, <<"obj", t>>)
     /\ IF previous[b] = None THEN Goto(t, "drop.gone")
        ELSE IF BufferEnds THEN Enter(t, "deferred", <<"drop.release">>)
        ELSE Goto(t, "drop.release")
     /\ UNCHANGED <<call, loaded, books, guard, refs, driver, cached, crashed>>

DropRelease(t) ==
  /\ At(t, "drop.release")
  /\ Reads(t, Release(t, obj[t], "buffer", "drop.gone"))
  /\ UNCHANGED <<call, obj, loaded, books, guard, impl, ended, buffer, previous, cached,
                 dangling>>

DropGone(t) ==
  LET b == Buf(t)
  IN /\ At(t, "drop.gone")
     /\ previous' = [previous EXCEPT ![b] = None]
     /\ buffer' = [buffer EXCEPT ![b] = "gone"]
     /\ dangling' = dangling \ {<<"previous", b>>}
     /\ Goto(t, "return")
     /\ UNCHANGED <<call, obj, loaded, books, guard, refs, life, impl, ended, cached, crashed>>

-----------------------------------------------------------------------------
Init ==
  /\ pc = [t \in Threads |-> "idle"]
  /\ stack = [t \in Threads |-> <<>>]
  /\ method = [t \in Threads |-> None]
  /\ left = Calls
  /\ obj = [t \in Threads |-> None]
  /\ holds = {}
  /\ loaded = [t \in Threads |-> "no"]
  /\ snapshot = [t \in Threads |-> Untracked]
  /\ pending = [t \in Threads |-> {}]
  /\ perCall = {}
  /\ guard = [owner |-> None, depth |-> 0]
  /\ table = [e \in Encoders |-> None]
  /\ refs = [e \in Encoders |-> [app |-> 0, buffer |-> 0, fix |-> 0]]
  /\ life = [e \in Encoders |-> "free"]
  /\ impl = [e \in Encoders |-> FALSE]
  /\ ended = [e \in Encoders |-> FALSE]
  /\ buffer = [b \in Buffers |-> "gone"]
  /\ previous = [b \in Buffers |-> None]
  /\ cached = [b \in Buffers |-> None]
  /\ dangling = {}
  /\ crashed = "no"

\* Everything was called, returned and let go of, or the process is gone: the end.
AllIdle == \A t \in Threads : pc[t] = "idle"
AllGone == \A b \in Buffers : buffer[b] = "gone"
Terminated ==
  /\ \/ crashed # "no"
     \/ Calls > 0 /\ AllIdle /\ AllGone /\ left = 0
  /\ UNCHANGED vars

Next ==
  \/ \E t \in Threads : CallWork(t)
  \/ \E t \in Threads : CallEnd(t)
  \/ \E t \in Threads : CallFactory(t)
  \/ \E t \in Threads : CallCommit(t)
  \/ \E t \in Threads : CallCompletion(t)
  \/ \E t \in Threads : CallDealloc(t)
  \/ \E t \in Threads : Return(t)
  \/ \E t \in Threads : Dispatch(t)
  \/ \E t \in Threads : HookLock(t)
  \/ \E t \in Threads : HookTrack(t)
  \/ \E t \in Threads : HookRetain(t)
  \/ \E t \in Threads : HookCheck(t)
  \/ \E t \in Threads : BodyLoad(t)
  \/ \E t \in Threads : BodyUse(t)
  \/ \E t \in Threads : EndMark(t)
  \/ \E t \in Threads : HookAfter(t)
  \/ \E t \in Threads : HookDrop(t)
  \/ \E t \in Threads : HookUnlock(t)
  \/ \E t \in Threads : Forget(t)
  \/ \E t \in Threads : ForgetRelease(t)
  \/ \E t \in Threads : LeaveForget(t)
  \/ \E t \in Threads : Deferred(t)
  \/ \E t \in Threads : Destroy(t)
  \/ \E t \in Threads : DestroyLock(t)
  \/ \E t \in Threads : DestroyLoad(t)
  \/ \E t \in Threads : DestroyUse(t)
  \/ \E t \in Threads : DestroyUnlock(t)
  \/ \E t \in Threads : Free(t)
  \/ \E t \in Threads : FactoryLock(t)
  \/ \E t \in Threads : FactoryLoad(t)
  \/ \E t \in Threads : FactoryTry(t)
  \/ \E t \in Threads : ReinitLoad(t)
  \/ \E t \in Threads : ReinitUse(t)
  \/ \E t \in Threads : FactoryRelease(t)
  \/ \E t \in Threads : FactoryCreate(t)
  \/ \E t \in Threads : Adopt(t)
  \/ \E t \in Threads : AdoptLock(t)
  \/ \E t \in Threads : AdoptTest(t)
  \/ \E t \in Threads : AdoptInsert(t)
  \/ \E t \in Threads : FactoryUnlock(t)
  \/ \E t \in Threads : FactoryDone(t)
  \/ \E t \in Threads : CommitLock(t)
  \/ \E t \in Threads : CommitLoad(t)
  \/ \E t \in Threads : CommitRelease(t)
  \/ \E t \in Threads : CommitMark(t)
  \/ \E t \in Threads : CommitUnlock(t)
  \/ \E t \in Threads : UntrackLock(t)
  \/ \E t \in Threads : Untrack(t)
  \/ \E t \in Threads : UntrackUnlock(t)
  \/ \E t \in Threads : ReleaseEach(t)
  \/ \E t \in Threads : ReleasedAll(t)
  \/ \E t \in Threads : DropLoad(t)
  \/ \E t \in Threads : DropRelease(t)
  \/ \E t \in Threads : DropGone(t)
  \/ Terminated

\* The process goes on as long as it can; with a bounded number of calls that is enough.
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)

-----------------------------------------------------------------------------
(* Claims *)

Places == {"idle", "return", "sent", "hook.lock", "hook.track", "hook.retain", "hook.check",
           "body.load", "body.use", "end.mark", "hook.after", "hook.drop", "hook.unlock",
           "forget", "forget.release", "leave", "deferred", "destroy", "destroy.lock",
           "destroy.load", "destroy.use", "destroy.unlock", "free", "factory.lock",
           "factory.load", "factory.try", "reinit.load", "reinit.use", "factory.release",
           "factory.create", "adopt", "adopt.lock", "adopt.test", "adopt.insert",
           "factory.unlock", "factory.done", "commit.lock", "commit.load",
           "commit.release", "commit.mark", "commit.unlock", "untrack.lock", "untrack",
           "untrack.unlock", "release", "drop.load", "drop.release", "drop.gone"}
Tables == [Encoders -> Buffers \cup {None}]
Pointers == Encoders \cup {None}

TypeOK ==
  /\ pc \in [Threads -> Places]
  /\ \A t \in Threads : Len(stack[t]) <= 6 /\ \A i \in 1 .. Len(stack[t]) : stack[t][i] \in Places
  /\ method \in [Threads -> InCall \cup {"commit", "completion", "dealloc", None}]
  /\ left \in 0 .. Calls
  /\ obj \in [Threads -> Pointers]
  /\ holds \subseteq Threads
  /\ loaded \in [Threads -> {"no", "null", "live", "stale"}]
  /\ snapshot \in [Threads -> Tables]
  /\ pending \in [Threads -> SUBSET Encoders]
  /\ perCall \subseteq Threads
  /\ guard.owner \in Threads \cup {None}
  /\ guard.depth \in 0 .. 4
  /\ (guard.owner = None) = (guard.depth = 0)
  /\ table \in Tables
  /\ \A e \in Encoders : /\ refs[e].app \in 0 .. Cardinality(Threads)
                         /\ refs[e].buffer \in 0 .. 1
                         /\ refs[e].fix \in 0 .. 1 + Cardinality(Threads)
  /\ life \in [Encoders -> {"free", "live", "dying"}]
  /\ impl \in [Encoders -> BOOLEAN]
  /\ ended \in [Encoders -> BOOLEAN]
  /\ buffer \in [Buffers -> {"gone", "open", "committed", "completed", "dying"}]
  /\ previous \in [Buffers -> Pointers]
  /\ cached \in [Buffers -> Pointers]
  /\ dangling \subseteq ({"obj"} \X Threads) \cup ({"cached", "previous"} \X Buffers)
                        \cup ({"entry", "pending"} \X Encoders)
  /\ crashed \in {"no", "freed object", "null impl", "stale impl"}

NoUseAfterFree == crashed # "freed object"
NoNullImplDereference == crashed # "null impl"

\* No impl is destroyed between the load and the use of it.
NoStaleImpl == \A t \in Threads : loaded[t] # "stale"

\* A driver's body that has loaded an impl runs under the guard until it has used it.
InDriver(t) == pc[t] \in {"body.use", "destroy.use"}
GuardedDriverCalls == \A t \in Threads : InDriver(t) => guard.owner = t

\* The strong form: what work and end use is an encoder on which the fix has a reference.
UsedEncoderHasRetain ==
  \A t \in Threads :
    pc[t] = "body.use" => <<"obj", t>> \notin dangling /\ refs[obj[t]].fix >= 1

\* How long the fix promises a reference.  v2.x promise it while the encoder is open and
\* nobody is about to end it, the resident protocol until its release point.
IsOpen(e) == /\ life[e] = "live"
             /\ impl[e]
             /\ ~ended[e]
             /\ \A t \in Threads : obj[t] = e => method[t] = "work"
Covered(e, b) ==
  CASE ReleaseAt = "end" -> IsOpen(e)
    [] ReleaseAt = "commit" -> buffer[b] = "open" /\ ~Busy(b, {"commit"})
    [] ReleaseAt = "completion" -> buffer[b] \in {"open", "committed"}
    [] OTHER -> buffer[b] \in {"open", "committed", "completed"}

\* Pointers that the application has and that do not dangle, with their buffers.  A call
\* that has a reference of its own may outlive the buffer, and is left out.
Returned ==
  {<<cached[b], b>> : b \in {b \in Buffers : cached[b] # None /\ <<"cached", b>> \notin dangling}}
  \cup {<<obj[t], Buf(t)>> : t \in {t \in Threads : /\ method[t] \in OnEncoder
                                                    /\ t \notin holds
                                                    /\ "return" \notin Labels(t)
                                                    /\ <<"obj", t>> \notin dangling}}
ThreadEncoderHasRetain ==
  \A p \in Returned : Covered(p[1], p[2]) => refs[p[1]].fix >= 1

\* Inside the driver's factory or commit.
BeyondBuffer == {"factory.lock", "commit.lock", "adopt", "adopt.lock", "adopt.test",
                 "adopt.insert", "factory.unlock", "factory.done", "commit.unlock",
                 "untrack", "untrack.unlock", "release", "return"}
InBuffer(t) == method[t] \in {"factory", "commit"} /\ Labels(t) \cap BeyondBuffer = {}
NoCommandBufferRace ==
  \A t, u \in Threads : t # u /\ Buf(t) = Buf(u) => ~(InBuffer(t) /\ InBuffer(u))

\* The fix has exactly the references that it has written down, and none at the end.
One(condition) == IF condition THEN 1 ELSE 0
Written(e) == One(table[e] # None)
              + Cardinality({t \in Threads : e \in pending[t]})
              + Cardinality({t \in perCall : obj[t] = e /\ <<"obj", t>> \notin dangling})
RetainsBalanced ==
  /\ \A e \in Encoders : refs[e].fix = Written(e)
  /\ AllIdle /\ AllGone => \A e \in Encoders : refs[e].fix = 0

\* What the fix holds it lets go of, unless the process ends.
EncodersAreReleased ==
  \A e \in Encoders : (refs[e].fix > 0) ~> (refs[e].fix = 0 \/ crashed # "no")
=============================================================================
