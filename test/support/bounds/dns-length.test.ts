import { requireDnsLength, requireNameLength } from '../../../lib/support/bounds/dns-length';
import { newChart } from '../../builders';
import { expectRefusal } from '../refusal';

const LABEL = 'a'.repeat(63);
const NAME = `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`;

describe('the length of a name', () => {
  it.each(['a', LABEL, NAME])('is taken as DNS takes it: %p', (name) => {
    expect(requireDnsLength('test', 'host', name)).toBe(name);
    expect(requireNameLength('test', 'name', name)).toBe(name);
  });

  it.each([`${LABEL}a`, `x.${LABEL}a.x`, `${NAME}a`])('fails for %p', (name) => {
    const act = () => requireDnsLength(newChart('shop'), 'host', name);
    expectRefusal(act, { code: 'MESH074', path: 'shop', fix: 'shorter', got: `${name} (${name.length} characters)` });
    expect(act).toThrow('a host has at most 253 characters, and 63 between two dots');
  });

  it('has no bound between two dots where it is no name in DNS', () => {
    expect(requireNameLength('test', 'name', 'a'.repeat(253))).toHaveLength(253);
    expect(() => requireNameLength('test', 'name', 'a'.repeat(254))).toThrow('MESH074');
  });
});
