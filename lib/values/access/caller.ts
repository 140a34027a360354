/** Who may call: a MeshedService, an IngressGateway, a ServiceIdentity for what this program does not own, or many at once (Callers). */
export interface ICaller {
  /** Namespace that it runs in. */
  readonly namespaceName: string;
  /** ServiceAccount that it runs under: its identity in the mesh. */
  readonly serviceAccountName: string;
}
