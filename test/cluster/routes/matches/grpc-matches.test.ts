import { grpcPath } from '../../../../lib/cluster/routes/matches/grpc-matches';

const [service, method] = ['shop.Cart', 'Add'];
const path = (said?: object) => {
  const { type, value } = grpcPath({ method: said });
  return `${type} ${value}`;
};

describe('a match of a GRPCRoute', () => {
  it('is about the path of a call', () => {
    expect(path({ service, method })).toBe('Exact /shop.Cart/Add');
    expect(path({ service })).toBe('PathPrefix /shop.Cart/');
    expect(path({ method })).toBe('RegularExpression /[^/]+/Add');
    expect(path()).toBe('Any ');
  });

  it('may be an expression', () => {
    const type = 'RegularExpression';
    expect(path({ type, service: 'shop.*', method: 'A.*' })).toBe('RegularExpression /shop.*/A.*');
    expect(path({ type, service: 'shop.*' })).toBe('RegularExpression /shop.*/.+');
    expect(path({ type, method: 'A.*' })).toBe('RegularExpression /[^/]+/A.*');
  });
});
