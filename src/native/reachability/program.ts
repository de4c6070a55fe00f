/**
 * Joins modules into one program by the names of their symbols: which definitions a name means, who calls whom, and
 * where a symbol is named other than to call it. Internal symbols of two files never meet. Pure.
 */
import type { Call } from './ir-instructions.js';
import type { IrFunction, IrGlobal, IrModule } from './ir-module.js';
import { symbolsIn, type Operand } from './ir-operands.js';

/** A function with a body, and the module whose names it uses. */
export interface Definition {
  module: IrModule;
  body: IrFunction;
}

export interface Variable {
  module: IrModule;
  global: IrGlobal;
}

export interface CallSite {
  caller: Definition;
  call: Call;
}

/** What a symbol means where it is used. More than one definition: two programs among the files have one each. */
export type Meaning =
  | { kind: 'functions'; definitions: Definition[] }
  | { kind: 'variables'; variables: Variable[] }
  /** Declared only: it lives in a library, or in files that are not looked at. */
  | { kind: 'outside'; name: string; weak: boolean }
  | { kind: 'alias'; of: Operand };

export interface Program {
  modules: IrModule[];
  definitions: Definition[];
  look: (module: IrModule, symbol: string) => Meaning;
  /** Functions a call names, through aliases; empty for one outside. */
  targetsOf: (module: IrModule, symbol: string) => Definition[];
  callersOf: (definition: Definition) => CallSite[];
  /** Whether it is named anywhere but as the function of a call. */
  isAddressTaken: (definition: Definition) => boolean;
}

export function joinModules(modules: IrModule[]): Program {
  const functions = new Map<string, Definition[]>();
  const variables = new Map<string, Variable[]>();
  const own = new Map<IrModule, Map<string, Definition>>();
  for (const module of modules) {
    const names = new Map<string, Definition>();
    own.set(module, names);
    for (const body of module.functions) {
      const definition = { module, body };
      names.set(body.name, definition);
      if (!body.internal) functions.set(body.name, [...(functions.get(body.name) ?? []), definition]);
    }
    for (const global of module.globals.values()) {
      if (global.internal || global.value === undefined) continue;
      variables.set(global.name, [...(variables.get(global.name) ?? []), { module, global }]);
    }
  }
  const aliases = new Map(
    modules.flatMap((m) => [...m.aliases].map(([name, of]) => [name, { m, of }] as const)),
  );

  const look = (module: IrModule, symbol: string): Meaning => {
    const here = own.get(module)?.get(symbol);
    if (here !== undefined) {
      const all = here.body.weak ? (functions.get(symbol) ?? [here]) : [here];
      return { kind: 'functions', definitions: all };
    }
    const alias = module.aliases.get(symbol);
    if (alias !== undefined) return { kind: 'alias', of: alias };
    const global = module.globals.get(symbol);
    if (global?.value !== undefined) {
      const all = global.weak ? variables.get(symbol) : undefined;
      return { kind: 'variables', variables: all ?? [{ module, global }] };
    }
    const definitions = functions.get(symbol);
    if (definitions !== undefined) return { kind: 'functions', definitions };
    const elsewhere = variables.get(symbol);
    if (elsewhere !== undefined) return { kind: 'variables', variables: elsewhere };
    const far = aliases.get(symbol);
    if (far?.of.kind === 'global' && far.of.name !== symbol) {
      return look(far.m, far.of.name);
    }
    return { kind: 'outside', name: symbol, weak: module.declared.get(symbol)?.weak === true };
  };
  const targetsOf = (module: IrModule, symbol: string, depth = 0): Definition[] => {
    const meaning = look(module, symbol);
    if (meaning.kind === 'functions') return meaning.definitions;
    if (meaning.kind !== 'alias' || meaning.of.kind !== 'global' || depth > 8) return [];
    return targetsOf(module, meaning.of.name, depth + 1);
  };

  const callers = new Map<Definition, CallSite[]>();
  const taken = new Set<Definition>();
  const take = (module: IrModule, operands: readonly Operand[]): void => {
    for (const symbol of operands.flatMap(symbolsIn)) {
      for (const target of targetsOf(module, symbol)) taken.add(target);
    }
  };
  const definitions = modules.flatMap((module) => [...(own.get(module)?.values() ?? [])]);
  for (const caller of definitions) {
    for (const instruction of caller.body.instructions) {
      take(caller.module, operandsOf(instruction));
      if (instruction.op !== 'call' || instruction.callee.kind !== 'symbol') continue;
      for (const target of targetsOf(caller.module, instruction.callee.name)) {
        callers.set(target, [...(callers.get(target) ?? []), { caller, call: instruction }]);
      }
    }
  }
  for (const module of modules) {
    for (const global of module.globals.values()) if (global.value) take(module, [global.value]);
  }
  return {
    modules,
    definitions,
    look,
    targetsOf,
    callersOf: (definition) => callers.get(definition) ?? [],
    isAddressTaken: (definition) => taken.has(definition),
  };
}

/** Values an instruction uses; the function that a call names is none of them. */
export function operandsOf(instruction: IrFunction['instructions'][number]): Operand[] {
  switch (instruction.op) {
    case 'call':
      return instruction.callee.kind === 'pointer'
        ? [instruction.callee.value, ...instruction.args]
        : instruction.args;
    case 'load':
      return [instruction.address];
    case 'store':
      return [instruction.value, instruction.address];
    case 'return':
      return [instruction.value];
    case 'pass':
    case 'other':
      return instruction.values;
    case 'allocate':
      return [];
  }
}

const renamed: Record<string, string> = {
  __sigaction: 'sigaction',
  __sigsetjmp: 'sigsetjmp',
};

/** A C function's name as programmers write it: without assembler prefix, platform suffix and overload of an intrinsic. */
export function plainName(symbol: string): string {
  const name = symbol
    .replace(/^\x01_?/, '')
    .replace(/^([a-z_]\w*)\$(?:INODE64|NOCANCEL|UNIX2003|1050|DARWIN_EXTSN).*$/, '$1');
  if (name.startsWith('llvm.')) return name.replace(/(?:\.(?:p\d+|[ivf]\w*\d+\w*|sl_\w+))+$/, '');
  return renamed[name] ?? name;
}
