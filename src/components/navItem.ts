import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface NavItem {
  readonly id: string
  readonly label: string
  readonly to: RouteLocationRaw
  readonly icon?: Component | undefined
  /** How many things wait there; 0 and undefined show nothing. */
  readonly count?: number | undefined
  /** Seldom needed: on a narrow screen it lies behind the menu button. */
  readonly seldom?: boolean | undefined
}
