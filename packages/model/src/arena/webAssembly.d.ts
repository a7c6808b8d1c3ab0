/**
 * The few members of WebAssembly that the arena needs: they exist in Node and in browsers, but in no ES library of TypeScript,
 * and opening the DOM library would let the pure model see the page.
 */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: Readonly<Record<string, unknown>> });
    readonly exports: object;
  }
}
