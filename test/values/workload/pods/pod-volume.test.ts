import { PodVolume } from 'istio-constructs';

describe('a volume', () => {
  it('is an empty directory, as large as it may be, on disk or in memory', () => {
    expect(PodVolume.emptyDir('/tmp')._facts).toEqual({ name: 'tmp', path: '/tmp', source: { emptyDir: {} } });
    expect(PodVolume.emptyDir('/var/cache', { sizeMebibytes: 64, inMemory: true })._facts.source).toEqual({
      emptyDir: { sizeLimit: '64Mi', medium: 'Memory' },
    });
  });

  it('holds what a ConfigMap or a Secret has, to be read', () => {
    expect(PodVolume.configMap('/etc/app', 'settings')._facts).toEqual({
      name: 'etc-app',
      path: '/etc/app',
      readOnly: true,
      source: { configMap: { name: 'settings' } },
    });
    expect(PodVolume.secret('/etc/cert', 'cert')._facts).toMatchObject({ readOnly: true, source: { secret: { secretName: 'cert' } } });
  });

  it('is a claim, to be written unless it says otherwise', () => {
    expect(PodVolume.claim('/data', 'archive')._facts).toEqual({
      name: 'data',
      path: '/data',
      source: { persistentVolumeClaim: { claimName: 'archive' } },
    });
    expect(PodVolume.claim('/data', 'archive', { readOnly: true })._facts).toMatchObject({ readOnly: true });
  });
});
