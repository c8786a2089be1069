// What the build puts in, and how tools that do not read .vue files see one.

/** The version of package.json, put in by the build. */
declare const __APP_VERSION__: string

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
