import { App, Chart } from 'cdk8s';
import { Deferred } from 'istio-constructs';
import { requireExpression } from '../../../lib/values/observability/require-expression';
import { expectRefusal } from '../../support/refusal';

const at = new Chart(new App(), 'test');

describe('an expression', () => {
  it.each(['response.code >= 500', Deferred.text(7), `request.host == ${Deferred.text(7)}`])('is taken: %s', (text) => {
    expect(() => requireExpression(at, 'filter', text)).not.toThrow();
  });

  it('fails where it cannot be read, and says from where on', () => {
    const got = '(a, which cannot be read from here on: its end';
    expectRefusal(() => requireExpression(at, 'filter', '(a'), { code: 'MESH912', path: 'test', got, fix: 'write one' });
  });
});
