/**
 * Sizes on which tablet and office must agree, in bytes. Checked before sealing and again when opening: a limit that only
 * one side knows would be found out by a citizen.
 */
const KiB = 1024
const MiB = 1024 * KiB

/** An application before compression and sealing. Also handed to the decoder, which refuses to inflate further. */
export const maxApplicationBytes = 1 * MiB

/** A sealed application as text: what 1 MiB that will not compress becomes as base64url, with both recipients and slack. */
export const maxEnvelopeBytes = 1.5 * MiB

/** One part of an attachment, in the clear and as ciphertext with its tag. */
export const partPlainBytes = 256 * KiB
export const maxPartBytes = partPlainBytes + 16

/** One attachment in the clear. A tablet makes far smaller ones; an office opens none that is larger. */
export const maxAttachmentBytes = 8 * MiB

/** One line of a carrier; a larger envelope goes alone by PUT. */
export const maxCarrierLineBytes = 512 * KiB
export const maxCarrierLines = 10_000
export const maxCarrierBytes = 50 * MiB
