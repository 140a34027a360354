import { requirePort } from '../../lib/support/port-number';

describe('the number of a port', () => {
  it('is from 1 to 65535, as in TCP', () => {
    expect([1, 80, 65535].map((port) => requirePort('MeshPort', 'port', port))).toEqual([1, 80, 65535]);
  });

  it.each([0, -1, 65536, 80.5, NaN, Infinity])('fails for %p, and says which port of what was meant', (port) => {
    expect(() => requirePort('WorkloadProbe', 'probe port', port)).toThrow(
      new RegExp(
        `^MESH002 at WorkloadProbe: a probe port is a whole number from 1 to 65535\n  got: ${port}\n  fix: give the number of the port\n`,
      ),
    );
  });
});
