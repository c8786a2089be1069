/// <reference path="../../src/env.d.ts" />
