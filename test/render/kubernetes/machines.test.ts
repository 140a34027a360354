import { entryName } from '../../../lib/render/kubernetes/machines';

describe('the name of an entry', () => {
  it('is that by which Istio registers the machine', () => {
    expect(entryName('vm', { address: '10.20.0.5', labels: {} })).toBe('vm-10.20.0.5');
    expect(entryName('vm', { address: 'FD00::5', network: 'far', labels: {} })).toBe('vm-fd00--5-far');
  });
});
