/** Property values of Script in Unicode 17 (UAX #24), without Common and Inherited, which every script takes. */
const SCRIPTS = `
  Adlam Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Beria_Erfe
  Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham
  Cherokee Chorasmian Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra
  Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati
  Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic
  Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
  Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian
  Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek
  Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Mongolian Mro Multani Myanmar Nabataean Nag_Mundari
  Nandinagari New_Tai_Lue Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian Old_Italic
  Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage
  Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan
  Saurashtra Sharada Shavian Siddham Sidetic SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar
  Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takri Tamil Tangsa Tangut Telugu Thaana
  Thai Tibetan Tifinagh Tirhuta Todhri Tolong_Siki Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi
  Yi Zanabazar_Square
`
  .trim()
  .split(/\s+/);

/** What Highly Restrictive takes beside one script (UTS #39, section 5.2): the ways of Japanese, Chinese and Korean. */
const TOGETHER = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** Matches what these scripts alone can write; undefined where the engine's Unicode is older than one of them. */
function writtenIn(scripts: readonly string[]): RegExp | undefined {
  const classes = [...scripts, 'Common', 'Inherited'].map(
    script => `\\p{Script_Extensions=${script}}`,
  );
  try {
    return new RegExp(`^[${classes.join('')}]*$`, 'u');
  } catch {
    return undefined;
  }
}

interface Writing {
  /** English names; one, or several that go together. */
  scripts: readonly string[];
  matches: RegExp;
}

let cached: Writing[] | undefined;
const writings = () =>
  (cached ??= [...SCRIPTS.map(script => [script]), ...TOGETHER].flatMap(
    scripts => {
      const matches = writtenIn(scripts);
      return matches ? [{ scripts, matches }] : [];
    },
  ));

/**
 * The scripts that a text mixes, by their English names, in the order in which they come. Empty for a text in one
 * script, and for what Japanese, Chinese and Korean mix: the level Highly Restrictive of UTS #39, section 5.2.
 */
export function mixedScripts(text: string): string[] {
  if (writings().some(({ matches }) => matches.test(text))) return [];
  const names = [...text]
    .filter(character => /[^\p{scx=Common}\p{scx=Inherited}]/u.test(character))
    .map(
      character =>
        writings().find(({ matches }) => matches.test(character))?.scripts[0] ??
        'unknown',
    );
  return [...new Set(names)].map(name => name.replace(/_/g, ' '));
}

const isDigit = (character: string) => /^\p{Nd}$/u.test(character);

/** Do the decimal digits of a text come from several systems (UTS #39, section 5.3)? Each is a run of ten. */
export function mixesDigits(text: string): boolean {
  const zeros = [...text].filter(isDigit).map(digit => {
    let zero = digit.codePointAt(0)!;
    while (isDigit(String.fromCodePoint(zero - 1))) zero -= 1;
    return zero;
  });
  return new Set(zeros).size > 1;
}
