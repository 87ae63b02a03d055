import { packageFiles } from '../../../engine/connector/package-files.ts';

const files = packageFiles(process.cwd());

describe('the files of the package', () => {
  it('are manifests by their names', () => {
    expect(files.manifest('intercom')).toBe(`${process.cwd()}/manifests/intercom.yaml`);
    expect(() => files.manifest('intercon')).toThrow('Did you mean "intercom"?');
    expect(() => files.manifest('../manifests/intercom')).toThrow('comes with this package');
  });

  it('may be missing', () => {
    expect(() => packageFiles('/nowhere').manifest('intercom')).toThrow(
      'No connector "intercom" is there: the files of this package are not in /nowhere, as where a bundler has taken its code alone.',
    );
  });

  it('are schemas by the paths in manifests, and nothing outside of them', async () => {
    expect(await files.schema('./schemas/intercom/tags.json')).toContain('$schema');
    expect(files.hasSchema('./schemas/intercom/tags.json')).toBe(true);
    for (const path of [
      './package.json',
      '/etc/hostname',
      'schemas/../package.json',
      './schemas/none.json',
    ]) {
      expect(await files.schema(path)).toBeUndefined();
      expect(files.hasSchema(path)).toBe(false);
    }
  });

  it('are no hooks for names that lead elsewhere', async () => {
    for (const name of ['../manifests/intercom', '', 'none', '/etc'])
      expect(await files.hooks(name)).toEqual([]);
  });
});
