/** Whose token it is: others, as `next_token` and `sync_token`, are those of a page. */
const tokenOf =
  'access|refresh|id|auth|session|api|bearer|bot|csrf|xsrf|app|user|client|device|webhook|verification|security|login|oauth|personal|account|service|push';

const credential = new RegExp(
  `(?:^|_)(?:${tokenOf})_?token$|(?:^|_)(?:secret|password|passwd|passphrase)$|(?:^|_)(?:api|private|secret|access|signing|encryption)_?key$|^authorization$`,
);

/** Fields of a body that carry credentials wherever they are. A plain "token" may be that of a page. */
export function isCredentialField(name: string): boolean {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return credential.test(snake.toLowerCase());
}
