import { Duration } from 'cdk8s';
import { AlertThresholds, MeshAlert, MeshAlerts, RequestCounter, ServiceAlert, ServiceAlerts, ServiceObjectives } from 'istio-constructs';
import { type Shop, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { meshOf } from '../mesh-under-test';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const GRANTED = [{ from: 'shop/product', to: 'shop/cart' }];

/** A shop whose cart is called by the product page. */
function calledShop(plane: PlaneUnderTest): Shop {
  const one = shop(plane);
  one.product.calls(one.cart);
  return one;
}

forEachPlane((plane) => {
  const counts = plane.of({ sidecar: 'sidecar shop/product-v1', ambient: 'waypoint shop/waypoint' });

  describe('a service that is watched', () => {
    it.each<[string, (one: Shop) => void]>([
      [
        'by objectives',
        ({ shop: scope, cart: service }) => {
          new ServiceObjectives(scope, 'objectives', {
            service,
            availability: 99.9,
            latency: [{ percentile: 99, below: Duration.millis(300) }],
            window: Duration.days(28),
            countedBy: plane.of({ sidecar: RequestCounter.PODS, ambient: RequestCounter.CALLERS }),
            labels: { release: 'prometheus' },
            runbook: 'https://wiki.example.com',
            severity: { urgent: 'page', ordinary: 'ticket' },
          });
        },
      ],
      [
        'by alerts',
        ({ shop: scope, cart: service }) => {
          const thresholds = AlertThresholds.of({
            errorPercent: 1,
            latency: Duration.seconds(1),
            silence: Duration.hours(1),
            exhaustedPercent: 1,
            brokenPercent: 1,
            deniedPercent: 5,
            canaryFactor: 3,
            leastPerMinute: 2,
          });
          const without = [
            ServiceAlert.ERRORS,
            ServiceAlert.SLOW,
            ServiceAlert.NO_TRAFFIC,
            ServiceAlert.RETRIES_EXHAUSTED,
            ServiceAlert.CIRCUIT_BREAKER_OPEN,
            ServiceAlert.DENIED,
            ServiceAlert.CONNECTIONS_DENIED,
            ServiceAlert.CANARY_ERRORS,
            ServiceAlert.CANARY_SLOW,
          ];
          new MeshAlerts(scope, 'mesh-alerts', {
            controlPlaneNamespace: 'istio-system',
            certificateLeft: Duration.hours(3),
            rootCertificateLeft: Duration.days(60),
            without: [
              MeshAlert.PLAINTEXT,
              MeshAlert.CERTIFICATE,
              MeshAlert.CERTIFICATES_REFUSED,
              MeshAlert.CERTIFICATE_MISSING,
              MeshAlert.ROOT_CERTIFICATE,
              MeshAlert.ISTIOD_DOWN,
              MeshAlert.ZTUNNEL_DOWN,
              MeshAlert.WAYPOINT_DOWN,
            ],
          });
          new ServiceAlerts(scope, 'alerts', { service, thresholds, without, countedBy: RequestCounter.CALLERS });
        },
      ],
    ])('has a proxy on the way that counts its requests, %s', async (_, watch) => {
      const one = calledShop(plane);
      watch(one);
      const mesh = meshOf(one.chart);
      const answer = await mesh.answer(call(one.product, one.cart));
      expect(answer.legs.map(({ at }) => at)).toEqual([counts]);
      await expectOnly(mesh, GRANTED);
    });
  });
});
