const modules = new Map<string, WebAssembly.Module>();

/** What a compiled module exports, over a memory. `text` is the module in base64, as the files in `generated` hold it. */
export function instantiate(text: string, memory: WebAssembly.Memory): object {
  let module = modules.get(text);
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(text));
    modules.set(text, module);
  }
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports;
}

function abort(): never {
  throw new Error('compiled code gave up: a table of its own did not fit');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 text with padding. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length / 4) * 3);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let bits = 0;
    for (let j = i; j < i + 4; j += 1)
      bits = (bits << 6) | Math.max(ALPHABET.indexOf(text.charAt(j)), 0);
    bytes[at] = bits >> 16;
    bytes[at + 1] = (bits >> 8) & 255;
    bytes[at + 2] = bits & 255;
    at += 3;
  }
  return bytes.subarray(0, at - (text.endsWith('==') ? 2 : Number(text.endsWith('='))));
}
