// The real catalogue, and a list of any size for tests of finding.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCatalogue, type Catalogue } from '../../../core/procedure/catalogue.ts'
import type { Offer } from '../../../src/stores/offer.ts'

const file = join(import.meta.dirname, '../../../procedures/catalogue/vn-46.json')

export const catalogueContent = (): unknown => JSON.parse(readFileSync(file, 'utf8'))

export function realCatalogue(): Catalogue {
  const catalogue = parseCatalogue(catalogueContent())
  if (!catalogue.ok) throw new Error(catalogue.failure.why)
  return catalogue.value
}

const acts = ['Đăng ký', 'Cấp lại', 'Gia hạn', 'Xác nhận', 'Điều chỉnh', 'Thu hồi', 'Cấp đổi', 'Thông báo', 'Công nhận', 'Hỗ trợ']
const things = [
  'giấy phép vận tải đường thủy', 'hoạt động dạy thêm', 'tàu cá', 'trang trại chăn nuôi', 'lễ hội truyền thống', 'giếng khoan', 'biển quảng cáo',
  'câu lạc bộ thể thao', 'thư viện tư nhân', 'tổ hợp tác', 'cây xanh đô thị', 'vỉa hè', 'phòng cháy', 'an toàn thực phẩm', 'di tích lịch sử',
]

/** Made-up procedures in ten sectors, numbered, beside which the real ones must still be found. */
export function manyOffers(count: number): readonly Offer[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `${acts[at % acts.length] ?? ''} ${things[Math.floor(at / acts.length) % things.length] ?? ''} loại ${at}`
    const sector = `linhVuc${at % 10}`
    return {
      code: `9.${String(at).padStart(6, '0')}`, version: null, sector, sectorName: { vi: `Lĩnh vực ${at % 10}`, en: `Sector ${at % 10}` },
      name: { vi: name, en: `Procedure ${at}` }, summary: { vi: `Thủ tục dành cho tổ chức, cá nhân số ${at}.`, en: `For organisations and persons, no. ${at}.` }, everyday: [`xin ${things[at % things.length] ?? ''}`],
    }
  })
}
