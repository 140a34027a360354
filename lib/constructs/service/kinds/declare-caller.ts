import type { Construct } from 'constructs';
import type { WorkloadSpec } from '../../../model/workload-spec';
import { probePortsOf } from '../../../render/kubernetes/complete-pods';
import type { DataPlane } from '../../../values/mesh/data-plane';
import { requirePods } from '../../workload/require-pods';
import { type PodOptions, workloadSpecOf } from '../../workload/workload-spec-of';
import { type DeclaredWorkload, declareWorkload } from '../declared-workload';

interface CallerOptions extends PodOptions {
  readonly image: string;
  readonly dataPlane?: DataPlane;
}

/** A workload that calls others and is called by nobody: it has an identity and a way out, and neither a Service nor a policy that lets somebody in. */
export interface DeclaredCaller extends DeclaredWorkload {
  readonly spec: WorkloadSpec;
}

export function declareCaller(at: Construct, options: CallerOptions): DeclaredCaller {
  const { image, name, dataPlane, accountAnnotations } = options;
  requirePods(at, { image }, 'set image');
  const spec = workloadSpecOf(at, options, image, { usual: 1 });
  const identity = { name, ports: [], probePorts: probePortsOf(spec), dataPlane, accountAnnotations };
  return { ...declareWorkload(at, identity), spec };
}
