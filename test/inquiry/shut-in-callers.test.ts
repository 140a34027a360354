import { Callers } from 'istio-constructs';
import { assemble } from '../../lib/assembly/assemble';
import { shutInOf } from '../../lib/inquiry/shut-in-callers';
import { inquiryOf } from '../../lib/rules/inquiries';
import { type Shop, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const reason = 'all of them read prices';
const shutIn = ({ chart }: Shop) => {
  const { model, cluster } = inquiryOf(assemble(chart));
  return model.calls.flatMap((call) => shutInOf(cluster, call) ?? []);
};

describe('callers whose own end stays closed', () => {
  forEachPlane((plane) => {
    it('are all pods of a closed namespace none of which calls', () => {
      const parts = shop(plane);
      parts.product.access.allow(Callers.ofNamespace('payments'), { reason });
      expect(shutIn(parts)).toMatchObject([{ pods: [{ key: 'payments/payment-v1' }], decision: { allowed: false } }]);
    });

    it('are nobody where one of them gets out, and the callee itself is not asked', () => {
      const parts = shop(plane);
      parts.payment.calls(parts.product);
      parts.product.access.allow(Callers.ofNamespace('payments'), { reason });
      parts.payment.access.allow(Callers.ofNamespace('payments'), { reason });
      expect(shutIn(parts)).toEqual([]);
    });

    it('are nobody of whom there are no pods, of addresses, of a trust domain, or in a refusal', () => {
      const parts = shop(plane);
      parts.product.access.allow(Callers.ofNamespace('elsewhere'), { reason });
      parts.product.access.allow(Callers.ofTrustDomain('partner.example'), { reason });
      parts.product.access.allowAnyone(reason);
      parts.product.access.deny(Callers.ofNamespace('payments'));
      expect(shutIn(parts)).toEqual([]);
    });
  });
});
