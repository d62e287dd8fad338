declare module '*.dependency-cruiser.mjs' {
  import type { IConfiguration, ICruiseOptions } from 'dependency-cruiser';

  const configuration: IConfiguration & { readonly options: ICruiseOptions };
  export default configuration;
}
