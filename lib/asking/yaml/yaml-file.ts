import { BOOLEAN, type Kind, optional, struct, TEXT } from '../../support/options/kind';

/** A text of manifests, and what places in it are called. */
export interface YamlFile {
  /** Name of the file, as answers and errors say it: `k8s/cart.yaml`. */
  readonly name: string;
  /** What stands in it: documents of YAML, or of JSON, with objects of Kubernetes or lists of them. */
  readonly text: string;
  /**
   * Namespace of the objects in it that name none, as `kubectl apply -n` gives it to them.
   * @default default
   */
  readonly namespaceName?: string;
  /**
   * No manifests stand in it but the configuration of the mesh, as istiod reads it: the ConfigMap `istio`, the configuration itself, an IstioOperator, or values of istiod's chart. It counts
   * instead of a ConfigMap among the manifests.
   * @default false
   */
  readonly isMeshConfig?: boolean;
}

export const YAML_FILE: Kind<YamlFile> = struct<YamlFile>({
  name: TEXT,
  text: TEXT,
  namespaceName: optional(TEXT),
  isMeshConfig: optional(BOOLEAN),
});
