# tlslint in a container: docker run --rm --network none --read-only --volume "$PWD:/src:ro" tlslint check
FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run build

FROM node:20-bookworm-slim
COPY --from=build /build/package.json /opt/tlslint/package.json
COPY --from=build /build/server/out /opt/tlslint/server/out
COPY --from=build /build/server/schema /opt/tlslint/server/schema
RUN ln -s /opt/tlslint/server/out/cli.js /usr/local/bin/tlslint && chmod 755 /opt/tlslint/server/out/cli.js
USER node
WORKDIR /src
ENTRYPOINT ["tlslint"]
