/** A repository as other people have them: PlusCal, INSTANCE, several configurations per module, modules of other folders. */

/** An algorithm as the translator of TLC 2.18 left it; `step` is the line of the algorithm that may be changed since. */
const transfer = (name: string, step: string): string => `---- MODULE ${name} ----
EXTENDS Naturals, TLC
(* --algorithm p
variables x = 0;
begin
  A: x := x + 1;
  B: x := x + ${step};
end algorithm; *)
\\* BEGIN TRANSLATION (chksum(pcal) = "2f0c2352" /\\ chksum(tla) = "d8baf63f")
VARIABLES x, pc

vars == << x, pc >>

Init == (* Global variables *)
        /\\ x = 0
        /\\ pc = "A"

A == /\\ pc = "A"
     /\\ x' = x + 1
     /\\ pc' = "B"

B == /\\ pc = "B"
     /\\ x' = x + 2
     /\\ pc' = "Done"

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == pc = "Done" /\\ UNCHANGED vars

Next == A \\/ B
           \\/ Terminating

Spec == Init /\\ [][Next]_vars

Termination == <>(pc = "Done")

\\* END TRANSLATION 
====
`;

const CLOCK = `---- MODULE Clock ----
EXTENDS Counting
CONSTANT N
VARIABLE x
Channel == INSTANCE Channel WITH value <- x
Init == x = 0
Next == x' = Wrap(x, N)
Spec == Init /\\ [][Next]_x
Fair == Spec /\\ WF_x(Next)
InRange == x < N /\\ Channel!Sound
NeverTwo == x # 2
ComesRound == []<>(x = 0)
Sees == x < 9
====
`;

/** Every file; the folder of TLC's Toolbox and the trace module are generated and must be left alone. */
export const FOREIGN: Record<string, string> = {
  'docs/Größe und Maß/Clock.tla': CLOCK,
  'docs/Größe und Maß/Channel.tla':
    '---- MODULE Channel ----\nEXTENDS Naturals\nVARIABLE value\nSound == value \\in Nat\n====\n',
  'docs/Größe und Maß/Clock.cfg': 'SPECIFICATION Spec\nCONSTANT N = 4\nINVARIANT InRange\n',
  'docs/Größe und Maß/Clock_live.cfg': 'SPECIFICATION Fair\nCONSTANT N = 3\nPROPERTY ComesRound\n',
  'docs/Größe und Maß/Clock_bad.cfg': 'SPECIFICATION Spec\nCONSTANT N = 4\nINVARIANTS InRange NeverTwo\n',
  'docs/Größe und Maß/MCClock.tla':
    '---- MODULE MCClock ----\nEXTENDS Clock\nFive == 5\nMCView == x\nMCConstraint == x < 4\n====\n',
  'docs/Größe und Maß/MCClock.cfg':
    'SPECIFICATION Spec\nCONSTANT N <- Five\nINVARIANT InRange\nVIEW MCView\nCONSTRAINT MCConstraint\nCHECK_DEADLOCK FALSE\n',
  'lib/Counting.tla': '---- MODULE Counting ----\nEXTENDS Naturals\nWrap(i, n) == (i + 1) % n\n====\n',
  'algorithms/Transfer.tla': transfer('Transfer', '2'),
  'algorithms/Transfer.cfg': 'SPECIFICATION Spec\nPROPERTY Termination\n',
  'algorithms/Stale.tla': transfer('Stale', '3'),
  'algorithms/models/Stale.cfg': 'SPECIFICATION Spec\n',
  'algorithms/Raw.tla':
    '---- MODULE Raw ----\n(* --algorithm r\nvariables x = 0;\nbegin A: x := 1;\nend algorithm; *)\n====\n',
  'algorithms/Raw.cfg': 'SPECIFICATION Spec\n',
  'math/Facts.tla':
    '---- MODULE Facts ----\nEXTENDS Naturals\nASSUME \\A i \\in 0..9 : i + i = 2 * i\n====\n',
  'math/Facts.cfg': '',
  'math/Broken.tla': '---- MODULE Broken ----\nVARIABLE x\nInit == x = \nNext == x = 1 )\n====\n',
  'math/Broken.cfg': 'INIT Init\nNEXT Next\n',
  'math/Needs.tla': '---- MODULE Needs ----\nEXTENDS SequencesExt\nASSUME TRUE\n====\n',
  'math/Needs.cfg': '',
  'math/Alone.tla': "---- MODULE Alone ----\nVARIABLE y\nSpec == y = 0 /\\ [][y' = y]_y\n====\n",
  'big/Huge.tla':
    "---- MODULE Huge ----\nEXTENDS Naturals\nVARIABLES a, b, c\nInit == a = 0 /\\ b = 0 /\\ c = 0\nUp(v) == (v + 1) % 2000\nNext == \\/ a' = Up(a) /\\ UNCHANGED <<b, c>>\n        \\/ b' = Up(b) /\\ UNCHANGED <<a, c>>\n        \\/ c' = Up(c) /\\ UNCHANGED <<a, b>>\nSmall == a < 2000\n====\n",
  'big/Huge.cfg': 'INIT Init\nNEXT Next\nINVARIANT Small\n',
  'setup.cfg': '[metadata]\nname = something\n',
  'web/manifest.json': '{"name": "a web page", "icons": []}\n',
  'old/Gone.cfg': 'SPECIFICATION Gone\n',
  'docs/Größe und Maß/Clock.toolbox/Model_1/MC.tla': '---- MODULE MC ----\nEXTENDS Clock\n====\n',
  'docs/Größe und Maß/Clock.toolbox/Model_1/MC.cfg': 'SPECIFICATION Spec\n',
  'docs/Größe und Maß/Clock_TTrace_1700000000.tla': '---- MODULE Clock_TTrace_1700000000 ----\n====\n',
  'docs/Größe und Maß/Clock_TTrace_1700000000.cfg': 'INIT _init\nNEXT _next\n',
};
