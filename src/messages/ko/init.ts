import type { InitWords } from '../init.js';
import { withJosa } from '../korean.js';

const list = (items: readonly string[]): string => items.join(', ');
const quoted = (text: string): string => `‘${text}’`;
const quote = (items: readonly string[]): string => list(items.map(quoted));
const withOptions = (options: readonly string[]): string => (options.length === 0 ? '' : `, 옵션 ${list(options)}`);

export const init: InitWords = {
  head: [
    '`tandem init`이 토큰으로 보이는 표를 살펴 제안한 설정입니다. 설명이 붙은 줄부터 확인하세요.',
    '콜론 왼쪽은 Tandem의 이름, 오른쪽은 여러분의 열입니다. 열은 이름이나 ID로 적습니다(ID는 이름이 바뀌어도 그대로입니다).',
    '토큰은 환경 변수 NOTION_TOKEN, AIRTABLE_TOKEN에만 둡니다. 다음: tandem check, 그다음 tandem plan.',
  ],
  workspace: '모든 할 일의 키에 들어가는 고정 이름. 바꾸려면 지금',
  locale: '표에 쓰는 언어: ko 또는 en',
  timezone: '오늘 날짜의 기준',
  holidays: '쉬는 날로 볼 나라의 공휴일. 예: [KR]',
  plan: {
    notion: '사용 중인 요금제. business와 enterprise는 호출 한도가 더 큼',
    airtable: '사용 중인 요금제. free는 월 1,000회, team은 월 100,000회',
  },
  people: [
    '처리되지 않은 일을 대신 알릴 사람(lead)과, 도구에 보이지 않는 이메일을 적는 곳입니다.',
    '필요한 줄의 #을 지우고 `lead: 이름`을 더하세요.',
  ],
  manages: 'Tandem이 소유하고 덮어쓰는 열',
  found: {
    word: '이름에 든 낱말로 고름. 확인 필요',
    title: '행의 제목 열',
    options: '옵션을 보고 고름. 확인 필요',
    relation: '연결된 표를 보고 고름',
    only: '사람 열이 이것뿐이라 고름. 확인 필요',
    period: '시작과 끝이 한 열에 있음',
  },
  or: (names) => `또는: ${list(names)}`,
  orTable: (names) => `또는 ${quote(names)} 표`,
  unknown: (labels) => `뜻을 알 수 없는 옵션: ${quote(labels)}. values에 뜻을 추가`,
  noLabel: (labels) => `${quote(labels)} 옵션이 없음. 그때는 빈칸으로 둠`,
  likely: '옵션의 뜻을 추정함. 확인 필요',
  link: '파트너 코드로 연결',
  misfit: {
    filled: (column) => `${quoted(column)}에 사람이 적은 값이 있음. Tandem이 쓸 열을 따로 추가`,
    'read-only': (column, type) => `${withJosa(quoted(column), '은/는')} 쓸 수 없는 열(${type})`,
    'wrong-type': (column, type) => `${withJosa(quoted(column), '은/는')} ${type} 열이라 이 값을 담을 수 없음`,
    'wrong-table': (column) => `${withJosa(quoted(column), '은/는')} 다른 표에 연결되어 있음`,
    labels: (column) => `${quoted(column)}의 옵션 가운데 뜻을 아는 것이 너무 적음. values에 뜻을 추가`,
  },
  unmapped: (names) => `열을 찾지 못한 항목: ${list(names)}`,
  unused: (names) => `쓰지 않은 열: ${list(names)}`,
  cut: (rows) => `처음 ${rows}행만 살펴봄`,
  kinds: {
    notion: { text: '텍스트', number: '숫자', percent: '숫자(퍼센트 형식)', date: '날짜', select: '선택' },
    airtable: {
      text: 'Long text',
      number: 'Number',
      percent: 'Percent',
      date: 'Date',
      select: 'Single select',
    },
  },
  add: (kind, options) => `${kind} 열${options.length === 0 ? '' : `(옵션 ${list(options)})`}을 추가하고 #을 지움`,
  off: (names) => `아직 쓰지 않음: ${list(names)} 열이 없음. 열을 추가한 뒤 #을 지우세요.`,
  lacksPartnership: '어느 파트너십의 행인지 알 수 없음. 파트너십 표와의 관계형 열이나 파트너 코드 열을 추가',
  title: (names) => `살펴본 곳: ${list(names)}`,
  mapped: (fields, results) => `읽는 열 ${fields}개${results === 0 ? '' : `, 쓰는 열 ${results}개`}`,
  toAdd: (column, kind, options) => `${quoted(column)} 열 추가: ${kind}${withOptions(options)}`,
  left: (titles) => `쓸 곳을 찾지 못한 표: ${quote(titles)}. 쓰려면 이름을 붙여 실행: tandem init kpis=링크 …`,
  passedOver: (count) => `살펴보지 않은 표 ${count}개. 쓸 표를 링크로 지정: tandem init 링크 …`,
  absent: (names) => `표가 없는 항목: ${list(names)}. 모두 선택 사항입니다.`,
  written: (file) => `${withJosa(file, '을/를')} 만들었습니다.`,
  next: '다음:',
  look: '파일의 설명을 읽고 tandem check 실행',
};
