import { asksAtGateway } from '../../../lib/model/users/gateway-users';
import { USER } from '../../rules/users/user';

const at = { port: 443, listenerPort: 443 };

describe('users at a gateway', () => {
  it('are asked for a token where none of them is optional', () => {
    expect(asksAtGateway({ ...at, anyOf: [USER, USER] })).toBe(true);
    expect(asksAtGateway({ ...at, anyOf: [USER, { ...USER, isOptional: true }] })).toBe(false);
    expect(asksAtGateway(undefined)).toBe(false);
  });
});
