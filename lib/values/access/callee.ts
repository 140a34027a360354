/** What may be called: a MeshedService, an UnmeshedService or an ExternalService. */
export interface ICallee {
  /** Name under which it is called. */
  readonly host: string;
}
