/** Finds every registration of a signal handler or of a fork's child handler, and what handlers it can install. */
import { isLookUp, registrationOf, type Registration } from './known-functions.js';
import type { Call } from './ir-instructions.js';
import { noValues, type Values } from './memory.js';
import type { Resolver } from './pointer-values.js';
import { operandsOf, plainName, type Definition, type Program } from './program.js';
import type { IrModule } from './ir-module.js';
import { symbolsIn, type Operand } from './ir-operands.js';

/** One call that installs a handler, or one use of such a function that is no call. */
export interface FoundRegistration {
  in: Definition;
  /** `sigaction`, `pthread_atfork`, … */
  by: string;
  kind: Registration['kind'];
  debug: string | undefined;
  handlers: Definition[];
  /** Handlers that are only declared in the files. */
  outside: string[];
  /** Not a call: calls through its address are not seen. */
  isAddress: boolean;
  /** What is not followed, in words with symbols in backquotes; not empty: there may be handlers besides. */
  unknown: string[];
}

export function findRegistrations(program: Program, resolver: Resolver): FoundRegistration[] {
  return [...program.modules.flatMap(findInVariables), ...findInFunctions(program, resolver)];
}

/** A variable that begins with the address of such a function; whoever calls through it is not seen. */
function findInVariables(module: IrModule): FoundRegistration[] {
  return [...module.globals.values()].flatMap((global) => {
    const body = { name: global.name, internal: true, weak: false, parameters: [], instructions: [] };
    return addressesIn(global.value === undefined ? [] : [global.value], { module, body }, undefined);
  });
}

function addressesIn(
  operands: readonly Operand[],
  definition: Definition,
  debug: string | undefined,
): FoundRegistration[] {
  return operands.flatMap(symbolsIn).flatMap((symbol) => {
    const by = plainName(symbol);
    const registration = registrationOf(by);
    if (registration === undefined) return [];
    const none = { handlers: [], outside: [], unknown: ['anything'] };
    return [{ in: definition, by, kind: registration.kind, debug, isAddress: true, ...none }];
  });
}

/** Names that a call looks up by a text of these files, `dlsym(library, "signal")`: as good as the address. */
function namesLookedUp(call: Call, definition: Definition, resolver: Resolver): Operand[] {
  const [, name] = call.args;
  if (call.callee.kind !== 'symbol' || !isLookUp(plainName(call.callee.name)) || name === undefined)
    return [];
  return resolver.valuesOf(definition, name).places.flatMap(({ object }): Operand[] => {
    const text = object.kind === 'global' ? object.variable.global.text : undefined;
    return text === undefined ? [] : [{ kind: 'global', name: text }];
  });
}

function findInFunctions(program: Program, resolver: Resolver): FoundRegistration[] {
  return program.definitions.flatMap((definition) =>
    definition.body.instructions.flatMap((instruction): FoundRegistration[] => {
      const debug = instruction.op === 'call' ? instruction.debug : undefined;
      const lookedUp = instruction.op === 'call' ? namesLookedUp(instruction, definition, resolver) : [];
      const taken = addressesIn([...operandsOf(instruction), ...lookedUp], definition, debug);
      if (instruction.op !== 'call' || instruction.callee.kind !== 'symbol') return taken;
      const by = plainName(instruction.callee.name);
      const registration = registrationOf(by);
      const argument = instruction.args[registration?.argument ?? 0];
      if (registration === undefined || argument === undefined) return taken;
      const given = resolver.valuesOf(definition, argument);
      // `sigaction(signal, NULL, &old)` only asks.
      if (registration.inStruct && isNothing(given) && given.constant) return taken;
      const values = registration.inStruct ? openStruct(given, resolver) : given;
      const found: FoundRegistration = {
        in: definition,
        by,
        kind: registration.kind,
        debug,
        isAddress: false,
        handlers: [...values.functions],
        outside: [...values.outside],
        unknown: [
          ...values.unknown,
          ...(values.places.length > 0 ? ['the address of a variable'] : []),
          ...(isNothing(values) && !values.constant ? ['a value that none of these files sets'] : []),
        ],
      };
      return [...taken, found];
    }),
  );
}

const isNothing = ({ functions, outside, places, unknown }: Values): boolean =>
  functions.size + outside.size + places.length + unknown.size === 0;

/** The handlers in the structs that a pointer may lead to: the handler is the first member. */
function openStruct(given: Values, resolver: Resolver): Values {
  const all: Values = { ...noValues(), unknown: new Set(given.unknown) };
  for (const place of given.places) {
    const content = resolver.contentOf(place);
    content.functions.forEach((f) => all.functions.add(f));
    content.outside.forEach((name) => all.outside.add(name));
    content.unknown.forEach((reason) => all.unknown.add(reason));
    all.places.push(...content.places);
    all.constant ||= content.constant;
  }
  return all;
}
