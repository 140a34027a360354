import { HostIndex } from '../../../lib/cluster/services/host-index';

describe('things that name hosts', () => {
  const things = {
    wide: ['*.com'],
    close: ['*.example.com'],
    first: ['api.example.com', 'other.org'],
    second: ['api.example.com', 'api.example.com'],
    all: ['*'],
  };
  const index = new HostIndex(Object.entries(things), ([, hosts]) => hosts);
  const covering = (host: string) => index.covering(host).map((equals) => equals.map(([name]) => name));

  it('are found by the host itself, then by ever wider wildcards', () => {
    expect(covering('api.example.com')).toEqual([['first', 'second'], ['close'], ['wide'], ['all']]);
    expect(covering('other.org')).toEqual([['first'], ['all']]);
  });

  it('are found by what they do not cover neither', () => {
    expect(covering('example.com')).toEqual([['wide'], ['all']]);
    expect(new HostIndex([['a']], (hosts) => hosts).covering('b')).toEqual([]);
  });
});
