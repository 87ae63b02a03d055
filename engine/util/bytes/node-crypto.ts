/** Node's crypto, loaded when it is used: few manifests hash or sign, and it is a tenth of a start. */
export function nodeCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
