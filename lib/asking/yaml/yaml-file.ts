import { type Kind, struct, TEXT } from '../../support/options/kind';

/** A text of manifests, and what places in it are called. */
export interface YamlFile {
  /** Name of the file, as answers and errors say it: `k8s/cart.yaml`. */
  readonly name: string;
  /** What stands in it: documents of YAML, or of JSON, with objects of Kubernetes or lists of them. */
  readonly text: string;
}

export const YAML_FILE: Kind<YamlFile> = struct<YamlFile>({ name: TEXT, text: TEXT });
