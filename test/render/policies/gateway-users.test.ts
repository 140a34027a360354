import type { Exposure } from '../../../lib/model/exposure';
import { type Entrances, renderGatewayTokens, renderGatewayUsers } from '../../../lib/render/policies/gateway-users';
import { other, service } from '../../rules/model-builder';
import { USER } from '../../rules/users/user';

const gateway = other('gateway', 'gateway');
const exposure = (parts: Partial<Exposure>): Exposure => ({
  gateway,
  service: service('cart'),
  protocol: 'http',
  host: 'a.example.com',
  pathPrefix: '/',
  port: 8080,
  routeName: 'cart-gateway',
  otherPaths: [],
  path: 'shop/edge/gateway',
  ...parts,
});
const users = { anyOf: [USER], port: 8443, listenerPort: 443 };
const entrances = (...exposures: Exposure[]): Entrances => ({ gateway, exposures, behind: [], bytesAt: () => [], normalization: 'BASE' });

describe('what a gateway refuses without a token', () => {
  it('is about the hosts with and without a port, at the port of its pods', () => {
    const { rules = [] } = renderGatewayUsers(entrances(exposure({ users })));
    expect(rules.map(({ to }) => to)).toEqual(
      Array(2).fill([{ operation: { hosts: ['a.example.com', 'a.example.com:*'], ports: ['8443'] } }]),
    );
  });

  it('is each thing that a user has to have, and for several users each pair', () => {
    const clerk = { ...USER, claims: { '[role]': ['clerk'] } };
    const { rules = [] } = renderGatewayUsers(entrances(exposure({ users: { ...users, anyOf: [USER, clerk] } })));
    expect(rules).toHaveLength(5);
    expect(rules.map(({ when = [] }) => when.map(({ key }) => key.replace('request.auth.', '')).join(' ')).sort()).toEqual([
      '',
      'audiences',
      'audiences',
      'audiences claims[role]',
      'claims[role]',
    ]);
  });
});

describe('tokens that a gateway reads', () => {
  it('get past it where somebody behind it needs them', () => {
    const forwards = (parts: Partial<Entrances>, ...more: Exposure[]) =>
      renderGatewayTokens({ ...entrances(exposure({ users }), ...more), ...parts }).jwtRules?.map((one) => one.forwardOriginalToken);
    expect(forwards({})).toEqual([undefined]);
    expect(forwards({ behind: [USER.issuer] })).toEqual([true]);
    expect(forwards({}, exposure({ host: 'b.example.com' }))).toEqual([true]);
    expect(forwards({}, exposure({ host: 'b.example.com', redirect: { scheme: 'https' } as Exposure['redirect'] }))).toEqual([undefined]);
  });
});
