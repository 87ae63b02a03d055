/** A list whose items are made when somebody looks at them: most are not, and its length is known. */
export function lazyList<T>(count: number, make: (index: number) => T): readonly T[] {
  const items = new Array<T>(count);

  function materialise(): T[] {
    for (let index = 0; index < count; index++) if (!(index in items)) items[index] = make(index);
    return items;
  }

  return new Proxy(items, {
    get(target, key, receiver) {
      if (key !== 'length' && typeof key === 'string' && /^\d+$/.test(key)) {
        const index = Number(key);
        if (index < count && !(index in target)) target[index] = make(index);
      }
      return Reflect.get(target, key, receiver);
    },
    has: (_, key) => Reflect.has(materialise(), key),
    ownKeys: () => Reflect.ownKeys(materialise()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(materialise(), key),
    set: (_, key, value) => Reflect.set(materialise(), key, value),
    deleteProperty: (_, key) => Reflect.deleteProperty(materialise(), key),
  });
}
