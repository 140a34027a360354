import { opensOutside } from '../../../lib/cluster/services/outer-services';
import { servicesOf } from '../../../lib/cluster/services/services';
import * as made from '../../verdict/fixtures';

describe('a Service', () => {
  it.each([
    ['', false],
    [', type: NodePort', true],
    [', type: LoadBalancer', true],
    [', externalIPs: [198.51.100.7]', true],
    [', clusterIP: None', false],
  ])('with%s is open to who is outside the cluster: %s', (extra, expected) => {
    const [service] = servicesOf(made.cluster(made.service('cart', 'app: cart', { extra })));
    expect(opensOutside(service)).toBe(expected);
  });
});
