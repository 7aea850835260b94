# tlslint in a container: docker run --rm --network none --read-only --volume "$PWD:/src:ro" tlslint check
# A release line; by digest: --build-arg NODE=node:20-bookworm-slim@sha256:…
ARG NODE=node:20-bookworm-slim
FROM $NODE AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run build

FROM $NODE
COPY --from=build /build/package.json /opt/tlslint/package.json
COPY --from=build /build/server/out /opt/tlslint/server/out
COPY --from=build /build/server/schema /opt/tlslint/server/schema
RUN ln -s /opt/tlslint/server/out/cli.js /usr/local/bin/tlslint && chmod 755 /opt/tlslint/server/out/cli.js
USER node
WORKDIR /src
ENTRYPOINT ["tlslint"]
