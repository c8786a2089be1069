/** Version of the words spoken between tablet and office: routes, envelope, carrier, feed. See docs/protocol.md. */
export const wireVersion = 1

/** The tablet's API begins here; the desk's API is another one, under /desk/api. */
export const apiBase = '/api/v1'
