/** Words around the photos of a case. */
import { plural } from '../plural.ts'

export const deskPhotos = {
  photos: {
    title: 'Ảnh giấy tờ',
    photographed: 'Đã chụp',
    onTheWay: plural({ other: 'Còn {n} ảnh đang trên đường về Trung tâm.' }),
    coming: 'Đang trên đường',
    page: 'Trang {page}',
    pageOf: '{paper}, trang {page} trên {pages}',
    open: 'Phóng to: {paper}, trang {page}',
    previous: 'Trang trước',
    next: 'Trang sau',
    larger: 'Phóng to',
    smaller: 'Thu nhỏ',
    cannotShow: 'Không mở được ảnh này. Xin tải lại trang hoặc hỏi tình nguyện viên chụp lại.',
    check: 'Ảnh chỉ để xem trước. Xin đối chiếu với bản chính khi người dân đến Trung tâm.',
    otherPaper: 'Giấy tờ khác',
  },
}
