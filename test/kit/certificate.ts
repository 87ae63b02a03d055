import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryTo } from '../../engine/util/flow/try-to.ts';

/** Whether certificates can be made here. */
export const hasOpenSsl = tryTo(() => execFileSync('openssl', ['version'])) !== undefined;

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate of a host that no authority has signed. */
export function selfSigned(host: string, { hasExpired = false } = {}): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'manifold-certificate-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const newKey = [
    '-nodes',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-keyout',
    at('key.pem'),
  ];
  try {
    if (hasExpired) {
      // Only the command for authorities takes dates.
      writeFileSync(at('ca.conf'), authority);
      writeFileSync(at('index.txt'), '');
      openssl('req', '-new', ...newKey, ...names, '-out', at('request.pem'));
      const dates = ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'];
      const signing = [
        '-selfsign',
        '-keyfile',
        at('key.pem'),
        '-in',
        at('request.pem'),
        '-out',
        at('cert.pem'),
      ];
      openssl('ca', '-batch', '-config', at('ca.conf'), ...dates, ...signing);
    } else openssl('req', '-x509', '-days', '2', ...newKey, ...names, '-out', at('cert.pem'));
    return { key: readFileSync(at('key.pem'), 'utf8'), cert: readFileSync(at('cert.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An authority that nobody knows, and what it signs. */
export interface Authority {
  readonly cert: string;
  /** A certificate for a host or a person, by the name that it is for. */
  sign(name: string): Certificate;
}

export function newAuthority(name: string): Authority {
  const { key, cert } = selfSigned(name);
  return {
    cert,
    sign(name) {
      const folder = mkdtempSync(join(tmpdir(), 'manifold-certificate-'));
      const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
      const read = (file: string) => readFileSync(join(folder, file), 'utf8');
      try {
        writeFileSync(join(folder, 'ca.pem'), cert);
        writeFileSync(join(folder, 'ca.key'), key);
        writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${name}`);
        const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', 'key.pem'];
        openssl('req', '-new', '-nodes', ...newKey, '-subj', `/CN=${name}`, '-out', 'request.pem');
        const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
        openssl('x509', '-req', '-days', '2', '-in', 'request.pem', ...by, '-out', 'cert.pem');
        return { key: read('key.pem'), cert: read('cert.pem') };
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

const authority = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
copy_extensions = copy
policy = any
[any]
commonName = supplied
`;
