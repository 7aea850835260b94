/** Public keys that rustls-webpki distrusts since 0.103.16 (its `data/distrusted/`): the issuing CAs named "…CA G3B" and "…CA G3C". */
export const DISTRUSTED = {
  /** Bytes of the contents of each SubjectPublicKeyInfo. */
  size: 118,
  /** SHA-256 of those contents. */
  keys: new Set([
    "2d5f988ee3ceaf696845a34299ca3e05816429cdb5de92427889533175f97b95",
    "616e9a92539c40f454813f7fb8ae4a6db719498495215774f02d8b8b5a615d36",
    "bdf5ab18303069ebc3e3ddbb0fc0613693acef01b2fb7be1a0624aab60fbff0d",
    "b941c7577b918f7b9a9374aff3b02d8eda92545c86adb5b5268d1e121fe58ce2",
    "e8263cea915a92109a29fb497105dceeeb58fa099c2552c4082aff1e1a9a33b2",
    "09f75d128061fcdc6d31d8317ce3fe0aea4dab2c66777ce548858dd23f763ce7",
    "7f09de2d155cc9fbc2dc4585f2c134ea3fc04ea9d9b3e31fa2d6bf9fdc0a02a2",
    "6fc13706463e00b2cd2ae357f86de2441e59d501e322c7a02a531a9871e450f6",
  ]),
} as const;
