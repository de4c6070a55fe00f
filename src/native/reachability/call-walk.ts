/** Walks from one handler over everything it can call, nearest first, and lists what leaves the files or is not followed. */
import type { Call } from './ir-instructions.js';
import type { Resolver } from './pointer-values.js';
import { plainName, type Definition, type Program } from './program.js';

export interface Step {
  caller: Definition;
  call: Call;
}

export type Finding = Step & { trail: Step[] } & (
    | { kind: 'outside'; symbol: string; variable?: string }
    | { kind: 'indirect call' }
    | { kind: 'inline assembly' }
  );

export interface Walked {
  reached: Definition[];
  findings: Finding[];
}

/** What clang makes for a call that must not throw: it runs only when something has thrown. */
const TERMINATE = '__clang_call_terminate';
const isThreadInitialiser = (name: string): boolean => name === '__tls_init' || name.startsWith('_ZTH');

/** `trail`: the calls from the handler down to the finding, the finding's own included. */
export function walkFrom(root: Definition, program: Program, resolver: Resolver): Walked {
  const trails = new Map<Definition, Step[]>([[root, []]]);
  const queue = [root];
  const findings: Finding[] = [];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const caller = at;
    for (const call of caller.body.instructions) {
      if (call.op !== 'call') continue;
      const trail = [...(trails.get(caller) ?? []), { caller, call }];
      const goTo = (targets: Iterable<Definition>): void => {
        for (const target of targets) {
          if (trails.has(target)) continue;
          trails.set(target, trail);
          queue.push(target);
        }
      };
      const leave = (symbol: string, variable?: string): void => {
        const more = variable === undefined ? {} : { variable };
        findings.push({ kind: 'outside', symbol, ...more, caller, call, trail });
      };
      switch (call.callee.kind) {
        case 'assembly':
          findings.push({ kind: 'inline assembly', caller, call, trail });
          break;
        case 'pointer': {
          findings.push({ kind: 'indirect call', caller, call, trail });
          // What is known of it is followed all the same: a reason given for the call is none for its target.
          const values = resolver.valuesOf(caller, call.callee.value);
          goTo(values.functions);
          for (const symbol of values.outside) leave(symbol);
          break;
        }
        case 'symbol': {
          const symbol = call.callee.name;
          const targets = program.targetsOf(caller.module, symbol);
          if (symbol === TERMINATE) leave(symbol);
          else if (isThreadInitialiser(symbol)) {
            if (targets.length > 0 || !isNeverCalled(symbol, caller, program)) leave(symbol);
          } else if (targets.length > 0) goTo(targets);
          else if (plainName(symbol) === 'llvm.threadlocal.address') {
            const variable = dynamicVariable(call, caller);
            if (variable !== undefined) leave(symbol, variable);
          } else leave(symbol);
        }
      }
    }
  }
  return { reached: [...trails.keys()], findings };
}

/** The initialiser of a thread-local variable is a weak symbol; where the variable needs none, there is none. */
function isNeverCalled(symbol: string, caller: Definition, program: Program): boolean {
  const rest = symbol.replace(/^_ZTH/, '');
  const plain = /^(\d+)(\w+)$/.exec(rest);
  const name = plain !== null && plain[2]?.length === Number(plain[1]) ? plain[2] : `_Z${rest}`;
  return program.look(caller.module, name).kind === 'variables';
}

/** A thread-local variable whose address takes a call into the loader, which may allocate. */
function dynamicVariable(call: Call, caller: Definition): string | undefined {
  const [argument] = call.args;
  if (argument?.kind !== 'global') return 'a thread-local variable';
  return caller.module.globals.get(argument.name)?.dynamicThreadLocal === false ? undefined : argument.name;
}
