import { Granted } from '../inquiry/granted';
import { openingsOf } from '../inquiry/openings';
import { shutCallsOf } from '../inquiry/shut-calls';
import { Touched } from '../inquiry/touched';
import { clusterOf } from './cluster-of';
import { perModel } from './per-model';

/** What the verdicts are compared with: the program's own word, and where others have a say. */
export const inquiryOf = perModel((model) => {
  const cluster = clusterOf(model);
  return { model, cluster, granted: new Granted(model), touched: new Touched(model, cluster) };
});

export const openings = perModel((model) => openingsOf(inquiryOf(model)));

export const shutCalls = perModel((model) => shutCallsOf(inquiryOf(model)));
