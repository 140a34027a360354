import { IstioVersion } from 'istio-constructs';

describe('IstioVersion', () => {
  it.each([
    [IstioVersion.V1_29, '1.29.9'],
    [IstioVersion.V1_30, '1.30.5'],
    [IstioVersion.V1_31, '1.31.1'],
    [IstioVersion.of('1.30.0'), '1.30.0'],
    [IstioVersion.of('1.31.12'), '1.31.12'],
  ])('%# has its patch', (version, expected) => {
    expect(version.version).toBe(expected);
  });

  it.each(['1.31', 'v1.31.1', '1.28.6', '1.32.0', '2.31.1', '1.31.1-rc.1', '1.31.01', '1.31.1 ', ''])('fails for %s', (version) => {
    expect(() => IstioVersion.of(version)).toThrow('MESH920');
  });
});
