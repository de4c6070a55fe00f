/**
 * Values that are made when somebody looks at them: what is large and seldom wanted costs nothing until then. Contract: who
 * looks sees a value like any other, also through JSON.stringify and a spread.
 */

/** Gives an object one more key, whose value is made once, at the first look. */
export function addLazy<T extends object, K extends string, V>(
  object: T,
  key: K,
  make: () => V,
): T & Record<K, V> {
  let made: { value: V } | undefined;
  return Object.defineProperty(object, key, {
    enumerable: true,
    get: () => (made ??= { value: make() }).value,
  }) as T & Record<K, V>;
}

/** An array whose length is known and whose elements are made, all at once, when somebody looks at one. */
export function lazyArray<V>(length: number, make: () => V[]): V[] {
  let made: V[] | undefined;
  return new Proxy<V[]>(new Array<V>(length), {
    get: (_target, key) =>
      key === 'length' ? length : (Reflect.get((made ??= make()), key) as V | undefined),
    has: (_target, key) => Reflect.has((made ??= make()), key),
    ownKeys: () => Reflect.ownKeys((made ??= make())),
    getOwnPropertyDescriptor: (target, key) =>
      Reflect.getOwnPropertyDescriptor(key === 'length' ? target : (made ??= make()), key),
  });
}
