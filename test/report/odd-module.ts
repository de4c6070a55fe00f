/** A module whose strings hold everything that some format must escape, with a violated invariant and a violated liveness. */

export const ODD = `---- MODULE Odd ----
EXTENDS Naturals
CONSTANTS Threads, Nobody
VARIABLES pc, text, seen
vars == <<pc, text, seen>>
Script == "<script>alert(1)</script>"
Cdata == "]]> & <![CDATA[ -->"
Bars == "a|b || c **e** [f](http://x.example/) @nobody #1"
Lines == "one\\ntwo\\tthree ::error::four %0A"
Escape == "\u001b[31mred\u001b[0m \u0007"
Init == pc = [t \\in Threads |-> "idle"] /\\ text = Script /\\ seen = {}
Say(t, old, new) == /\\ text = old
                    /\\ text' = new
                    /\\ pc' = [pc EXCEPT ![t] = "said"]
                    /\\ seen' = seen \\cup {[by |-> t, what |-> old, at |-> <<1, TRUE, Nobody>>]}
Step(t) == Say(t, Script, Cdata) \\/ Say(t, Cdata, Bars) \\/ Say(t, Bars, Lines) \\/ Say(t, Lines, Escape)
Again(t) == text = Escape /\\ text' = Bars /\\ UNCHANGED <<pc, seen>>
Next == \\E t \\in Threads : Step(t) \\/ Again(t)
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)
NoEscape == text # Escape
Quiet == <>[](text = Escape)
====
`;

export const ODD_CFG = `SPECIFICATION Spec
CONSTANTS
  Threads = {t1, t2}
  Nobody = Nobody
INVARIANT NoEscape
`;

export const ODD_LASSO_CFG = ODD_CFG.replace('INVARIANT NoEscape', 'PROPERTY Quiet');

/** The first model is declared to succeed and does not; the second is a control. */
export function oddManifest() {
  const models = [
    {
      path: 'specs/Odd/odd.cfg',
      mode: 'exhaustive search',
      result: 'success',
      workbench: { checks: ['NoEscape'] },
    },
    {
      path: 'specs/Odd/lasso.cfg',
      result: 'liveness failure',
      workbench: {
        checks: ['Quiet'],
        violates: 'Quiet',
        alsoViolates: ['NoEscape'],
        differsIn: [],
        variantOf: 'specs/Odd/odd.cfg',
      },
    },
  ];
  const claims = {
    NoEscape: { statement: 'the text never holds | an <escape> `sequence`', kind: 'invariant' },
    Quiet: { statement: 'it ends', kind: 'property' },
  };
  return {
    sources: [],
    authors: ['the tests'],
    tags: [],
    modules: [{ path: 'specs/Odd/Odd.tla', features: [], models, workbench: { claims } }],
  };
}
