import { PodSecurity } from 'istio-constructs';

describe('PodSecurity', () => {
  it('is the strictest level without a word more', () => {
    expect(PodSecurity.restricted()._facts).toEqual({ level: 'restricted', reason: undefined });
  });

  it('keeps why pods may do more', () => {
    expect(PodSecurity.baseline({ reason: 'runs as root' })._facts).toEqual({ level: 'baseline', reason: 'runs as root' });
    expect(PodSecurity.privileged({ reason: 'reads the disks' })._facts).toEqual({ level: 'privileged', reason: 'reads the disks' });
  });

  it('fails without a reason', () => {
    expect(() => PodSecurity.baseline({ reason: ' ' })).toThrow('MESH873');
    expect(() => PodSecurity.privileged({ reason: '' })).toThrow('MESH873');
  });
});
