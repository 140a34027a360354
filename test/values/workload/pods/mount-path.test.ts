import { requireMountPath, volumeNameOf } from '../../../../lib/values/workload/pods/mount-path';
import { expectRefusal } from '../../../support/refusal';

describe('the place of a volume', () => {
  it.each(['/tmp', '/var/lib/app', '/etc/app.d'])('is a path below the root: %s', (path) => {
    expect(requireMountPath('here', path)).toBe(path);
  });

  it.each(['tmp', '/', '/a/../b', '/a:b', '//a', ''])('fails where it is none: %p', (path) => {
    expectRefusal(() => requireMountPath('here', path), { code: 'MESH775', path: 'here', got: path, fix: 'write the whole path' });
  });

  it('names the volume', () => {
    expect(['/etc/App.d', '/_/', `/${'a'.repeat(80)}`].map(volumeNameOf)).toEqual(['etc-app-d', 'volume', 'a'.repeat(63)]);
  });
});
