import { shop, manifests, names } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { HttpAccess } from 'istio-constructs';
import { Yaml } from 'cdk8s';
forEachPlane((plane) => {
  it('x', () => {
    const s = shop(plane);
    s.cart.calls(s.product, { http: [HttpAccess.get('/p/*')] });
    process.stdout.write(Yaml.stringify(...manifests(s.chart)));
    expect(names(s.chart, 'Deployment')).toEqual([]);
  });
});
