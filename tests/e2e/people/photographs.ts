/** Photos as a volunteer takes them: real JPEGs that the browser itself wrote. */
import type { Page } from '@playwright/test'

export const aFile = (bytes: Uint8Array) => ({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) })

/** A real JPEG as the browser writes one, with lines of text on paper. */
export async function aPicture(page: Page, widthPx: number, heightPx: number): Promise<Uint8Array> {
  const text = await page.evaluate(async ([width, height]) => {
    const canvas = new OffscreenCanvas(width, height)
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no canvas')
    pen.fillStyle = '#f4f1e6'
    pen.fillRect(0, 0, width, height)
    pen.fillStyle = '#222'
    pen.font = '44px serif'
    for (let line = 1; line < height / 60; line += 1) pen.fillText(`Giấy chứng sinh, dòng ${line}: cháu nặng ${3000 + line} gam. `.repeat(6), 40, line * 60)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer())
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }, [widthPx, heightPx] as const)
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
