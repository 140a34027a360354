import { SECURITY } from '../../istio/api-groups';
import { isOver } from '../../support/dates/day';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { aboveText, weakenedText } from '../mtls/words/weakened';
import { rule } from '../rule';

export const mtlsMigration = rule({
  code: 'MESH254',
  level: 'warning',
  title: 'plaintext for the time of a migration',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const said of model.weakenings) {
      if (said.until === undefined || isOver(said.until, model.today)) continue;
      report({
        on: said,
        message: `${weakenedText(said)} takes callers without mutual TLS until ${said.until}${aboveText(clusterOf(model), said)}; from the next day on it is an error`,
        got: `reason: ${said.reason ?? 'none given'}`,
        fix: 'set MTls.STRICT as soon as all callers are in the mesh; until then acknowledge the finding',
      });
    }
  },
});
