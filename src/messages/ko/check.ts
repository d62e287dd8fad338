import type { CheckWords, ToldColumn } from '../check.js';
import { josa, withJosa } from '../korean.js';

const list = (items: readonly string[]): string => items.join(', ');
const quoted = (text: string): string => `‘${text}’`;
const quote = (items: readonly string[]): string => list(items.map(quoted));

const missing = ({ column, near }: ToldColumn): string =>
  `${quoted(column)} 열이 없음${near === null ? '' : `. ${withJosa(quoted(near), '을/를')} 뜻했는지 확인 필요`}`;
const readOnly = ({ column, type }: ToldColumn): string =>
  `${withJosa(quoted(column), '은/는')} 쓸 수 없는 열(${type})`;
const wrongTable = ({ column }: ToldColumn): string =>
  `${withJosa(quoted(column), '이/가')} 설정과 다른 표에 연결되어 있음`;

export const check: CheckWords = {
  title: (workspace) => `${workspace} 설정 점검`,
  rows: (count) => `${count}행`,
  unreadable: '읽을 수 없음',
  mapped: (fields, results) => `읽는 열 ${fields}개${results === 0 ? '' : `, 쓰는 열 ${results}개`}`,
  read: {
    missing,
    'wrong-type': ({ column, type }) => `${withJosa(quoted(column), '은/는')} ${type} 열이라 이 값을 읽을 수 없음`,
    'wrong-table': wrongTable,
    'read-only': readOnly,
    labels: ({ column, labels }) =>
      `${quoted(column)}에 뜻을 알 수 없는 옵션이 있음: ${quote(labels)}. 설정의 values에 뜻을 추가`,
    'no-label': ({ column, labels }) => `${quoted(column)}에 ${quote(labels)} 옵션이 없음`,
  },
  written: {
    missing,
    'wrong-type': ({ column, type }) => `${withJosa(quoted(column), '은/는')} ${type} 열이라 이 결과를 쓸 수 없음`,
    'wrong-table': wrongTable,
    'read-only': readOnly,
    labels: ({ column, labels }) =>
      `${quoted(column)}에 ${quote(labels)} 옵션이 없음. 옵션을 추가하거나 설정의 values에 대신할 라벨을 지정. 그때까지 빈칸으로 둠`,
    'no-label': ({ column, labels }) =>
      `${quoted(column)}에 ${quote(labels)} 옵션이 없어 다른 값이 표시됨. 옵션을 추가하거나 설정의 values에 대신할 라벨을 지정`,
  },
  unmanaged: (names) => `열을 지정하지 않아 쓰지 않는 결과: ${list(names)}`,
  access: '토큰 권한',
  rights: { read: '읽기', insert: '행 추가', update: '행 수정', people: '사용자 정보' },
  states: { granted: '있음', missing: '없음', unknown: '첫 쓰기 전에는 알 수 없음' },
  notNeeded: '필요 없음',
  grant: (names) => `연결 설정에서 권한 추가: ${list(names)}`,
  joins: '파트너 코드로 연결한 행',
  joined: (joined, rows) => `${rows}행 중 ${joined}행 연결`,
  unmatched: (codes) => `해당하는 파트너십이 없는 코드: ${quote(codes)}`,
  misspelt: (found, near) =>
    `${quoted(found)}${josa(found, '과/와')} ${quoted(near)}: 같은 코드로 보이므로 표기를 하나로 맞춤`,
  doubled: (codes) => `여러 파트너십에 중복되어 연결하지 않은 코드: ${quote(codes)}`,
  people: '사람',
  named: (count) => `표에 나오는 사람 ${count}명`,
  unreachable: (names) => `할 일을 배정할 수 없는 사람: ${list(names)}. 설정의 people에 이메일이나 ID 추가`,
  unseen: (names) => `설정의 people에는 있으나 어느 표에도 없는 사람: ${list(names)}`,
  months: '이번 달 호출',
  month: (used, perMonth, perRun) => `${perMonth}회 중 ${used}회 사용, 전체를 한 번 읽는 데 ${perRun}회`,
  pace: (seconds) => `15분마다 실행하기에는 부족하므로 워커를 --every ${seconds} 이상으로 시작`,
  off: (count) => `열이 지정되지 않아 꺼진 규칙 (${count})`,
  or: ' 또는 ',
  issues: (count) => `표에서 고칠 것 (${count})`,
  more: (count) => `… ${count}건 더 있음(--all)`,
  ready: (hints) => (hints === 0 ? '이상 없음.' : `준비 완료. 위의 참고 사항 ${hints}건.`),
  faults: (count) => `먼저 고칠 것 ${count}건(✗ 표시).`,
  next: '다음:',
  mend: '✗ 표시된 것을 고친 뒤 tandem check 다시 실행',
};
